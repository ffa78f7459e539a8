/** The standard normal distribution: its density, its probabilities, and back. */

export function normalDensity(score: number): number {
  return Math.exp(-0.5 * score * score) / Math.sqrt(2 * Math.PI);
}

/**
 * The probability of at most `score`, off by less than 1e-15.
 *
 * Source: J. Hart, "Computer Approximations" (1968), algorithm 5666, with the continued fraction for the tails, as
 * G. West gives it in "Better approximations to cumulative normal functions", Wilmott Magazine (2005).
 */
export function normalProbability(score: number): number {
  const distance = Math.abs(score);
  if (distance > 38) return score > 0 ? 1 : 0;
  const height = Math.exp(-0.5 * distance * distance);
  const tail = distance < 7.07106781186547 ? height * nearRatio(distance) : height / farRatio(distance);
  return score > 0 ? 1 - tail : tail;
}

/**
 * The score that `probability`, between 0 and 1 and neither, lies below; to about 16 digits.
 *
 * Source: M. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37
 * (1988), routine PPND16.
 */
export function normalQuantile(probability: number): number {
  const fromMiddle = probability - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) return fromMiddle * middle(0.180625 - fromMiddle * fromMiddle);
  const tail = fromMiddle < 0 ? probability : 1 - probability;
  const root = Math.sqrt(-Math.log(tail));
  const score = root <= 5 ? shoulder(root - 1.6) : farTail(root - 5);
  return fromMiddle < 0 ? -score : score;
}

function nearRatio(x: number): number {
  return (
    ((((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x +
      112.079291497871) *
      x +
      221.213596169931) *
      x +
      220.206867912376) /
    (((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x +
      296.564248779674) *
      x +
      637.333633378831) *
      x +
      793.826512519948) *
      x +
      440.413735824752)
  );
}

function farRatio(x: number): number {
  return (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) * 2.506628274631;
}

function middle(r: number): number {
  return (
    (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
      3.3871328727963665) /
    (((((((5226.495278852546 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
      1)
  );
}

function shoulder(r: number): number {
  return (
    (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  );
}

function farTail(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 0.000027115555687434876) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 0.000018463183175100548) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  );
}
