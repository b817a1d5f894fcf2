/**
 * How many requests Motive takes at the same time. Where it counts them, a request is refused although it was sent slowly.
 *
 * A refusal with more requests under way than were ever borne may have that reason; then fewer are sent at a time. If it
 * has another, the next refusal comes with no more under way than were borne before, and says so. What worked is
 * remembered: one more is tried after some requests at full width; the more often in vain, the later.
 */

/** Most requests under way at the same time, however many Motive may bear. */
export const MOST_AT_ONCE = 100;

/** Requests at full width, until one more is tried for the first time. */
const FIRST_TRIAL = 10;

/** Learns how many requests under way at the same time Motive bears. */
export class LearnedWidth {
	private width = MOST_AT_ONCE;
	private borne = 0;
	/** Requests to come at full width until one more is tried, and how many they were in the beginning. */
	private untilTrial = FIRST_TRIAL;
	private trialAfter = FIRST_TRIAL;

	/** Most requests under way at the same time, for now. */
	get most(): number {
		return this.untilTrial > 0 ? this.width : Math.min(this.width + 1, MOST_AT_ONCE);
	}

	/** Learns that a request was taken with so many under way, itself included. */
	taken(underWay: number): void {
		this.borne = Math.max(this.borne, underWay);
		if (underWay > this.width) this.widen(underWay);
		else if (underWay === this.width) this.untilTrial--;
	}

	/**
	 * Learns that a request was refused with so many under way, itself included.
	 *
	 * @returns whether their number may be the reason
	 */
	refused(underWay: number): boolean {
		if (underWay === 1 || underWay <= this.borne) return false;
		if (underWay > this.width) this.trialAfter *= 2;
		this.width = Math.min(this.width, underWay - 1);
		this.untilTrial = this.trialAfter;
		return true;
	}

	private widen(width: number): void {
		this.width = width;
		this.trialAfter = Math.max(1, this.trialAfter / 2);
		this.untilTrial = this.trialAfter;
	}
}
