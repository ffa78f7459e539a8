import * as Comlink from 'comlink';
import { shrinkImage } from './shrink-image.ts';

const imageWorker = { shrinkImage };
export type ImageWorker = typeof imageWorker;

Comlink.expose(imageWorker);
