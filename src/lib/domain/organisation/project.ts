export interface Project {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly objectiveId: string | null;
  readonly closed: boolean;
}
