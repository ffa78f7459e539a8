/** Where a layer stands beside the thing that opened it: below if it fits, else above, never outside the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly maxHeight: number;
}

const gap = 4;
const margin = 8;

export function placeBeside(
  anchor: Box,
  layer: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
  align: 'start' | 'end' = 'start',
  tallest = Infinity,
): Placement {
  const below = view.height - (anchor.top + anchor.height) - gap - margin;
  const above = anchor.top - gap - margin;
  const goesBelow = layer.height <= below || below >= above;
  const maxHeight = Math.min(tallest, Math.max(goesBelow ? below : above, 120));
  const height = Math.min(layer.height, maxHeight);
  const wished = align === 'start' ? anchor.left : anchor.left + anchor.width - layer.width;
  return {
    left: Math.max(margin, Math.min(wished, view.width - layer.width - margin)),
    top: goesBelow ? anchor.top + anchor.height + gap : Math.max(margin, anchor.top - gap - height),
    maxHeight,
  };
}

/** Moves an open layer beside its anchor and keeps it there while the page scrolls or resizes; returns how to stop. */
export function holdBeside(
  layer: HTMLElement,
  anchor: HTMLElement,
  align: 'start' | 'end' = 'start',
  tallest = Infinity,
): () => void {
  const place = (): void => {
    layer.style.maxHeight = tallest === Infinity ? '' : `${tallest}px`;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const { left, top, maxHeight } = placeBeside(
      anchor.getBoundingClientRect(),
      layer.getBoundingClientRect(),
      view,
      align,
      tallest,
    );
    Object.assign(layer.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` });
  };
  place();
  const leaving = new AbortController();
  window.addEventListener('scroll', place, { capture: true, passive: true, signal: leaving.signal });
  window.addEventListener('resize', place, { signal: leaving.signal });
  return () => leaving.abort();
}
