/** What the machinery around the server asks: is it alive, may it be sent people, and how is it doing. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Figures } from '../operate/figures.ts';
import { answerText } from './door.ts';
import type { Route } from './door.ts';

export interface HealthOptions {
  /** Why nobody new should be sent here; null when they may. */
  readonly notReady: () => Promise<string | null>;
  readonly figures: Figures;
  /** Whoever brings this may read the figures; null: only whoever asks from this very machine. */
  readonly metricsToken: string | null;
}

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthRoute({ notReady, figures, metricsToken }: HealthOptions): Route {
  return async ({ request, response, address }) => {
    switch (address.pathname) {
      case '/healthz':
        answerText(response, 200, 'alive\n');
        return true;
      case '/readyz': {
        const reason = await notReady();
        answerText(response, reason === null ? 200 : 503, `${reason ?? 'ready'}\n`);
        return true;
      }
      case '/metrics':
        if (!mayReadFigures(request, metricsToken)) {
          answerText(response, 403, 'Figures are for whoever has METRICS_TOKEN, or asks from this machine.\n');
          return true;
        }
        response.writeHead(200, { 'Content-Type': figures.contentType, 'Cache-Control': 'no-store' });
        response.end(await figures.text());
        return true;
      default:
        return false;
    }
  };
}

/** A proxy on this machine speaks from it too, but says for whom. */
function mayReadFigures(request: IncomingMessage, token: string | null): boolean {
  const { headers, socket } = request;
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
  return !isPassedOn && /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}

/** Takes as long whether the first letter or the last is wrong. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
