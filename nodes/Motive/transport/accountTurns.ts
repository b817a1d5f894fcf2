import type { Clock } from '../polling/clock';
import { Turns } from '../polling/turns';

/** Whose turns are wanted. */
export interface AccountTurns {
	clock: Clock;
	/** See `MotiveConnection`. */
	account: string;
	/** Most requests in a minute; `Infinity` for as many as Motive bears. */
	perMinute: number;
}

/** How long the pace of an account that nothing is sent to is remembered (ms). */
const LIFE_MS = 600_000;

/** Most accounts whose pace is remembered. */
const MOST_ACCOUNTS = 32;

/** The turns of this process by account, those asked for last at the end. */
const known = new Map<string, Turns>();

/** The turns that everything in this process takes that sends requests with the same credential. */
export function accountTurns({ clock, account, perMinute }: AccountTurns): Turns {
	const shared = known.get(account);
	const turns = shared && isFresh(shared, clock.now()) ? shared : new Turns({ clock, perMinute });
	known.delete(account);
	known.set(account, turns);
	const [oldest] = known.keys();
	if (known.size > MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest);
	return turns;
}

/** What was learned before the clock was set back says nothing any more. */
function isFresh({ usedAt, pausedUntil }: Turns, now: number): boolean {
	return usedAt <= now && now < Math.max(usedAt, pausedUntil) + LIFE_MS;
}
