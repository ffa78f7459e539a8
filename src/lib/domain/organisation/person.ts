/** A member of the workspace as others see them. The id is the member's. */
export interface Person {
  readonly id: string;
  readonly name: string;
}
