/** Why the department tree may not be changed so. */
export type DepartmentRefusal =
  | { readonly kind: 'unknown-department' }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'unknown-parent'; readonly parentId: string | null }
  | { readonly kind: 'parent-closed'; readonly parentId: string; readonly from: string }
  /** From that date the department would stand below itself. */
  | { readonly kind: 'circle'; readonly date: string | null }
  /** A change dated earlier than one already recorded would rewrite history. */
  | { readonly kind: 'before-latest-change'; readonly latest: string }
  | { readonly kind: 'undated-change' }
  | { readonly kind: 'name-missing' }
  | { readonly kind: 'root-stays'; readonly what: 'parent' | 'open' | 'area' };
