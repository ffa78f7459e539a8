/** Money is an integer of minor units with its ISO 4217 currency; two currencies never meet without a rate. */
export interface Money {
  /** Signed integer of minor units (cents), within the safe integers. */
  readonly minor: number;
  /** ISO 4217 alphabetic code. */
  readonly currency: string;
}
