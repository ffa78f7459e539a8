/** The category tree: cost pools on top, an organisation's own branches below. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly kind: CategoryKind;
  /** Whether money of this category counts as cost or as revenue. */
  readonly nature: 'cost' | 'revenue';
  readonly order: number;
}

export type CategoryKind =
  | 'hardware'
  | 'software'
  | 'cloud'
  | 'personnel'
  | 'services'
  | 'maintenance'
  | 'facilities'
  | 'telecom'
  | 'other'
  | 'revenue';
