/** Every fault that the schedules of a longer run must have seen happen. */
export const DEED_FAULTS = [
  ...['cut', 'network-down', 'half-open', 'lost-replies', 'slow-bytes', 'kill', 'reload', 'device-lost'],
  ...['die-before', 'die-after', 'fail-before', 'fail-after', 'disk-full', 'slow-sync', 'compact'],
  ...['forge', 'clock-off', 'copied-profile', 'submit', 'close-period', 'sealed-write'],
  ...['downgrade', 'write-without-role', 'forged-author', 'signed-out', 'previous-protocol'],
] as const;
