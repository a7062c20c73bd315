// Full jitter (DESIGN, wire): a hall of phones that lost one access point must not come back in one second.

export const SHORTEST = 500;
export const LONGEST = 30_000;

/** Milliseconds to wait before try number `attempt` (0 is the first), anywhere between nothing and the ceiling. */
export function pause(attempt, random = Math.random) {
  return Math.round(random() * Math.min(LONGEST, SHORTEST * 2 ** Math.min(attempt, 10)));
}
