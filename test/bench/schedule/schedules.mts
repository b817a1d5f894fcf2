import {
	firstInterval,
	nextInterval,
	usualExperience,
	withLook,
} from '../../../nodes/Motive/polling/pollSchedule.ts';

/** A look at one capture; lengths in milliseconds. */
export interface Look {
	/** Since the capture was started. */
	elapsed: number;
	/** Since the look before, if there was one. */
	sinceLast: number | undefined;
	isReady: boolean;
}

/** A way to choose when to look next, made anew for each batch. */
export interface Schedule {
	/** Milliseconds from the start to the first look. */
	first: number;
	/** Milliseconds to the next look at the same capture, after this one. */
	next(look: Look): number;
}

/** As many milliseconds as pass on average between the first look and the end, with the cameras of the benchmarks. */
const USUAL_WAIT_MS = 7_000;

/** The schedule of the node. */
function learning(): Schedule {
	let experience = usualExperience(USUAL_WAIT_MS);
	return {
		first: firstInterval(USUAL_WAIT_MS),
		next: ({ elapsed, sinceLast, isReady }) => {
			if (sinceLast !== undefined) experience = withLook(experience, sinceLast, isReady);
			return nextInterval(experience, elapsed);
		},
	};
}

const fixed = (first: number, next: (elapsed: number) => number) => (): Schedule => ({
	first,
	next: ({ elapsed }) => next(elapsed),
});

/** The schedules that were considered, by name. */
export const schedules: Readonly<Record<string, () => Schedule>> = {
	'learns from the batch (ours)': learning,
	'35 % of the time passed': fixed(3_000, (elapsed) => elapsed * 0.35),
	'50 % of the time passed': fixed(2_000, (elapsed) => elapsed / 2),
	'every 2 s': fixed(3_000, () => 2_000),
	'2 s, or 10 % of the time passed': fixed(3_000, (elapsed) => Math.max(2_000, elapsed / 10)),
	'square root of the time passed': fixed(3_000, (elapsed) => 700 * Math.sqrt(elapsed / 1_000)),
};
