/**
 * Virtual time: hours of waiting in milliseconds, with real HTTP and real files. `setTimeout` and
 * `Date` follow a clock that stands still while anything real is under way, and jumps to the next
 * timer as soon as everything waits.
 */
import FakeTimers from '@sinonjs/fake-timers';

import { patchRequestTimeouts } from './requestTimeouts.mts';
import { watchTraffic, type Traffic } from './traffic.mts';

type Clock = ReturnType<typeof FakeTimers.install>;

export interface VirtualTimeOptions {
	/** The time at which the clock starts. */
	start?: Date;
	/**
	 * Number of requests that a server in this process holds back with `setTimeout` (and whose client
	 * still waits). The clock does not wait for these; they wait for the clock.
	 */
	held?: () => number;
	/** Real milliseconds after which the run is given up, because it would never end. */
	patience?: number;
}

export interface VirtualTime {
	/** Virtual milliseconds since the start. */
	elapsed: () => number;
}

/** Turns of the event loop without any activity after which everything counts as waiting. */
const CALM_TURNS = 4;

/** Real milliseconds of calm after something real, for thread pool work that Node does not list. */
const CALM_AFTER_WORK = 1;

/**
 * Runs `body` in virtual time and restores real time afterwards. Only one at a time in a process.
 * @returns the result of `body`
 * @throws what `body` throws, or an account of what is still open when patience has run out
 */
export async function inVirtualTime<T>(
	body: (time: VirtualTime) => Promise<T>,
	options: VirtualTimeOptions = {},
): Promise<T> {
	const { start = new Date('2026-07-01T12:00:00Z'), held = () => 0, patience = 30_000 } = options;
	const realTimeout = globalThis.setTimeout;
	const rest = async () => await new Promise<void>((resolve) => realTimeout(resolve, 1));
	const traffic = watchTraffic();
	const clock = FakeTimers.install({
		now: start,
		toFake: ['setTimeout', 'clearTimeout', 'Date'],
		shouldClearNativeTimers: true,
	});
	const restoreRequests = patchRequestTimeouts();
	const elapsed = () => clock.now - start.getTime();
	let over = false;
	const settle = async () => {
		try {
			return await body({ elapsed });
		} finally {
			over = true;
		}
	};
	const drive = async (): Promise<never> => {
		const deadline = performance.now() + patience;
		while (performance.now() < deadline) {
			await calm(traffic, held, () => over || performance.now() >= deadline, rest);
			if (over) return await new Promise<never>(() => undefined);
			if (!jump(clock)) await rest();
		}
		throw new Error(account(elapsed(), clock.countTimers(), traffic));
	};
	try {
		return await Promise.race([settle(), drive()]);
	} finally {
		over = true;
		restoreRequests();
		clock.uninstall();
		traffic.dispose();
	}
}

/** Waits until nothing real is under way, or `given up`; `rest` lets a real millisecond pass. */
async function calm(
	traffic: Traffic,
	held: () => number,
	givenUp: () => boolean,
	rest: () => Promise<void>,
): Promise<void> {
	let turns = 0;
	let since = -Infinity;
	let seen = traffic.events();
	while (!givenUp()) {
		await new Promise((resolve) => setImmediate(resolve));
		const events = traffic.events();
		if (events !== seen || traffic.open().length > held() || hasWork()) {
			turns = 0;
			since = performance.now();
			seen = events;
		} else if (++turns >= CALM_TURNS) {
			if (performance.now() - since >= CALM_AFTER_WORK) return;
			// Asleep, so that the thread pool gets the processor.
			await rest();
		}
	}
}

/** Fires all timers of the next instant that has any; false if there is none. */
function jump(clock: Clock): boolean {
	if (clock.countTimers() === 0) return false;
	clock.next();
	// Together, as a real clock would: what is due at the same time must be able to overlap.
	clock.tick(0);
	return true;
}

/** True while Node waits for files, name lookups or sockets that connect or write. */
function hasWork(): boolean {
	return process
		.getActiveResourcesInfo()
		.some((resource) =>
			/^(FSReq|CloseReq|GetAddrInfoReq|TCPConnect|Write|Shutdown)/.test(resource),
		);
}

function account(elapsed: number, timers: number, traffic: Traffic): string {
	const requests = traffic.open().map(({ method, host, path }) => `${method} ${host}${path}`);
	return (
		`Virtual time was given up after ${elapsed / 1000} virtual seconds, ` +
		`with ${timers} timers to come and requests under way: ${requests.join(', ') || 'none'}`
	);
}
