/** Imported first by a thread that simulates: everything loaded after it lives in virtual time. */
import { VirtualTime } from './virtual-time.ts';

export const time = new VirtualTime();
time.install();
