/** Loaded into a server's process before the server, for the self-test: it makes the mistake that `BUG` names. */
import { isMistake, mistake } from './mistaken-source.ts';

const { BUG } = process.env;
if (isMistake(BUG)) mistake(BUG);
