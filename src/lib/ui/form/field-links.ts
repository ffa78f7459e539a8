/** Ties a control to the label, hint and error that its Field draws around it. */
import { getContext, setContext } from 'svelte';

export interface FieldLinks {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const key = Symbol('field');

export function provideField(links: FieldLinks): void {
  setContext(key, links);
}

/** The links of the Field around the calling control; undefined when it stands alone (then it needs an aria-label). */
export function fieldAround(): FieldLinks | undefined {
  return getContext<FieldLinks | undefined>(key);
}
