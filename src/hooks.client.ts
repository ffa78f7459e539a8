import { updates } from './routes/app-update.svelte.ts';

// At boot, before anything is opened: a message of a waiting version that came early would be lost.
updates.start();
