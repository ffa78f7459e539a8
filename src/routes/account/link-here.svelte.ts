/** The link by which a page was opened: its secret stands behind `#`, and the server says what it is for. */
import { onMount } from 'svelte';
import { explainAccount } from '#lib/app/explain-account.ts';
import { lookAtLinkHere } from '#lib/app/signing-in.ts';

export interface LinkHere {
  readonly token: string;
  /** Null until the server has said it, and when it does not know the link. */
  readonly kind: 'set-up' | 'person' | 'recovery' | null;
  /** Whose credentials it sets. */
  readonly name: string | null;
  readonly failure: string | null;
}

export function linkHere(): LinkHere {
  const token = location.hash.slice(1);
  let known = $state.raw<Pick<LinkHere, 'kind' | 'name'>>({ kind: null, name: null });
  let failure = $state<string | null>(null);
  onMount(() => {
    void lookAtLinkHere(token).then((link) => {
      if (link.ok) known = link.value;
      else failure = explainAccount(link.error.kind === 'malformed' ? { kind: 'link-invalid' } : link.error);
    });
  });
  return {
    token,
    get kind() {
      return known.kind;
    },
    get name() {
      return known.name;
    },
    get failure() {
      return failure;
    },
  };
}
