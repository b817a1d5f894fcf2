import FakeTimers from '@sinonjs/fake-timers';

/** Something that still waits after so many timers never ends. */
const MOST_TIMERS = 500;

/**
 * What something comes to on a clock that jumps to the next timer whenever there is one, so that waiting takes no time.
 *
 * @throws what it throws, and an error when it never ends
 */
export async function inJumpingTime<T>(run: (time: FakeTimers.Clock) => Promise<T>): Promise<T> {
	const time = FakeTimers.install({
		now: Date.UTC(2026, 6, 2, 12),
		toFake: ['setTimeout', 'clearTimeout', 'Date'],
	});
	try {
		const running = run(time);
		const over = running.then(
			() => true,
			() => true,
		);
		for (let nth = 0; !(await Promise.race([over, Promise.resolve(false)])); nth++) {
			if (nth > MOST_TIMERS) throw new Error('It never ends');
			await time.nextAsync();
		}
		return await running;
	} finally {
		time.uninstall();
	}
}
