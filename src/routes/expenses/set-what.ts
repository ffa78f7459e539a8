/** What can be set on many expenses at once. */
export type SetWhat = 'category' | 'department' | 'vendor';
