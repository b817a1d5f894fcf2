import { describe, expect, it } from 'vitest';

import { LearnedWidth, MOST_AT_ONCE } from '../../../nodes/Motive/polling/width.ts';

/** A width at which three requests at the same time are known to be borne, and four are not. */
function narrow(): LearnedWidth {
	const width = new LearnedWidth();
	take(width, 1, 3);
	width.refused(4);
	return width;
}

function take(width: LearnedWidth, count: number, underWay: number): void {
	for (let taken = 0; taken < count; taken++) width.taken(underWay);
}

/** Requests at full width until one more is tried. */
function untilTrial(width: LearnedWidth): number {
	const { most } = width;
	let count = 0;
	for (; width.most === most && count < 1_000; count++) width.taken(most);
	expect(width.most).toBe(most + 1);
	return count;
}

describe('LearnedWidth', () => {
	it('is the most of all until a refusal says otherwise', () => {
		const width = new LearnedWidth();
		take(width, 100, MOST_AT_ONCE);
		expect(width.most).toBe(MOST_AT_ONCE);
		expect(width.refused(MOST_AT_ONCE)).toBe(false);
		expect(width.most).toBe(MOST_AT_ONCE);
	});

	it('is one less than what was refused', () => {
		expect(narrow().most).toBe(3);
		const width = new LearnedWidth();
		expect(width.refused(MOST_AT_ONCE)).toBe(true);
		expect(width.most).toBe(MOST_AT_ONCE - 1);
		expect(untilTrial(width)).toBe(10);
	});

	it('stays when fewer were refused than were borne before, or one alone', () => {
		const width = narrow();
		expect([width.refused(3), width.refused(2), new LearnedWidth().refused(1)]).toEqual([
			false,
			false,
			false,
		]);
		expect(width.most).toBe(3);
	});

	it('tries one more after ten requests at full width, and others do not count', () => {
		const width = narrow();
		take(width, 100, 2);
		expect(width.most).toBe(3);
		expect(untilTrial(width)).toBe(10);
	});

	it('tries one more the later the more often in vain', () => {
		const width = narrow();
		for (const expected of [10, 20, 40]) {
			expect(untilTrial(width)).toBe(expected);
			expect(width.refused(4)).toBe(true);
		}
	});

	it('tries one more the sooner the more often it was borne, and each time after one request at least', () => {
		const width = narrow();
		const counts = [untilTrial(width)];
		for (let next = 4; next < 9; next++) {
			width.taken(next);
			counts.push(untilTrial(width));
		}
		expect(counts).toEqual([10, 5, 3, 2, 1, 1]);
	});
});
