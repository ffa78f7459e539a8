/** Loaded into a server's process before the server: its clock is as many days later as `DAYS_LATER` says. */
const DAY_MS = 24 * 60 * 60 * 1000;
const laterMs = Number(process.env['DAYS_LATER'] ?? '0') * DAY_MS;
const RealDate = Date;

function now(): number {
  return RealDate.now() + laterMs;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (date, given: readonly unknown[], as) =>
    Reflect.construct(date, given.length === 0 ? [now()] : given, as) as Date,
  get: (date, name) => (name === 'now' ? now : (Reflect.get(date, name) as unknown)),
});
