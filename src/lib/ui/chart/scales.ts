/** The scales of the chart around, with types: Layer Cake leaves them open. */
import { getLayerCakeContext } from 'layercake';

export interface Scales {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
  readonly height: number;
}

/** Read its members where they are used: they follow the size of the chart. */
export function scalesAround(): Scales {
  const cake = getLayerCakeContext<{ x: (at: number) => number; y: (value: number) => number }>();
  return {
    x: (at) => Math.round(cake.xScale(at) * 10) / 10,
    y: (value) => Math.round(cake.yScale(value) * 10) / 10,
    get width() {
      return cake.width;
    },
    get height() {
      return cake.height;
    },
  };
}
