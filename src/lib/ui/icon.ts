/** Any icon component: the icons of @lucide/svelte, imported one by one, fit. */
import type { Component } from 'svelte';

export type Icon = Component<{ size?: number | string; strokeWidth?: number | string; 'aria-hidden'?: 'true' }>;
