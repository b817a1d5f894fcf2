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
		expect(width.refused(MOST_AT_ONCE)).toBe('no');
		expect(width.most).toBe(MOST_AT_ONCE);
	});

	it('is one less than what was refused', () => {
		expect(narrow().most).toBe(3);
		const width = new LearnedWidth();
		expect(width.refused(MOST_AT_ONCE - 1)).toBe('perhaps');
		expect(width.most).toBe(MOST_AT_ONCE - 2);
		expect(untilTrial(width)).toBe(10);
	});

	it('stays when fewer were refused than were borne before, or one alone', () => {
		const width = narrow();
		expect([width.refused(2), new LearnedWidth().refused(1)]).toEqual(['no', 'no']);
		expect(width.most).toBe(3);
	});

	it('is borne when no more than that was ever refused', () => {
		const width = new LearnedWidth();
		take(width, 1, 5);
		expect(width.refused(5)).toBe('no');
		expect(width.refused(6)).toBe('perhaps');
	});

	it.each([
		{ taken: 9, reason: 'perhaps', most: 2 },
		{ taken: 10, reason: 'no', most: 4 },
	])('is borne for sure after ten requests: %o', ({ taken, reason, most }) => {
		const width = narrow();
		take(width, taken, 3);
		expect(width.refused(3)).toBe(reason);
		expect(width.most).toBe(most);
	});

	it('counts those anew after a trial', () => {
		const width = narrow();
		untilTrial(width);
		width.send(4);
		take(width, 9, 3);
		expect(width.refused(3)).toBe('perhaps');
	});

	it('tries one more after ten requests at full width, and others do not count', () => {
		const width = narrow();
		take(width, 100, 2);
		expect(width.most).toBe(3);
		expect(untilTrial(width)).toBe(10);
	});

	it('makes one trial at a time', () => {
		const width = narrow();
		untilTrial(width);
		width.send(3);
		expect(width.most).toBe(4);
		width.send(4);
		expect(width.most).toBe(3);
	});

	it('does not grow by requests that were sent before it was narrow', () => {
		const width = narrow();
		take(width, 5, 4);
		expect(width.most).toBe(3);
		untilTrial(width);
		width.send(4);
		width.refused(4);
		take(width, 1, 4);
		expect(width.most).toBe(3);
	});

	it('tries one more the later the more often in vain, which says for sure that it was too many', () => {
		const width = narrow();
		take(width, 1, 4);
		for (const expected of [10, 40, 160]) {
			expect(untilTrial(width)).toBe(expected);
			width.send(4);
			expect(width.refused(4)).toBe('surely');
		}
	});

	it('tries one more the later also where what was refused was not a trial', () => {
		const width = narrow();
		expect(width.refused(3)).toBe('perhaps');
		expect(untilTrial(width)).toBe(40);
	});

	it('tries one more the sooner the more often it was borne in a row, and each time after one request at least', () => {
		const width = narrow();
		const grow = (from: number, to: number) => {
			const counts = [];
			for (let next = from; next <= to; next++) {
				counts.push(untilTrial(width));
				width.send(next);
				width.taken(next);
			}
			return counts;
		};
		expect(grow(4, 8)).toEqual([10, 10, 3, 1, 1]);
		expect(untilTrial(width)).toBe(1);
		width.send(9);
		expect(width.refused(9)).toBe('surely');
		expect(grow(9, 11)).toEqual([4, 4, 1]);
	});
});
