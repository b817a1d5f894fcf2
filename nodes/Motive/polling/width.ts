/**
 * How many requests Motive takes at the same time. Where it counts them, a request is refused although it was sent slowly.
 *
 * A refusal with more requests under way than were ever borne may have that reason; then fewer are sent at a time. If it
 * has another, the next refusal comes with no more under way than were borne before, and says so. What is borne is known
 * for sure only after some requests, because Motive and this side may count one more or less: the answers are on their way.
 *
 * What worked is remembered: one more is tried after some requests at full width; the more often in vain, the later.
 */

/** Most requests under way at the same time, however many Motive may bear. */
export const MOST_AT_ONCE = 100;

/** So many requests at full width show that it is borne; then one more is tried for the first time. */
const PROOF = 10;

/** After a refusal at full width the next trial comes so many times later, after two in a row that were borne sooner. */
const TRIAL_FACTOR = 4;

/** Learns how many requests under way at the same time Motive bears. */
export class LearnedWidth {
	private width = MOST_AT_ONCE;
	private borne = 0;
	/** Requests at full width, until one more is tried. */
	private trialAfter = PROOF;
	/** How many there were since the last refusal, or since the last trial began. */
	private full = 0;
	/** Whether one more is under way for a trial. */
	private isTrying = false;
	/** Whether a trial was borne, and nothing refused since. */
	private isGrowing = false;

	/** Most requests under way at the same time, for now. */
	get most(): number {
		return this.full < this.trialAfter ? this.width : Math.min(this.width + 1, MOST_AT_ONCE);
	}

	/** Notes that a request is sent with so many under way, itself included. */
	send(underWay: number): void {
		if (underWay <= this.width) return;
		this.isTrying = true;
		// One at a time.
		this.full = 0;
	}

	/** Learns that a request was taken with so many under way, itself included. */
	taken(underWay: number): void {
		this.borne = Math.max(this.borne, underWay);
		if (underWay === this.width) this.full++;
		else if (underWay > this.width && this.isTrying) this.widen(underWay);
	}

	/**
	 * Learns that a request was refused with so many under way, itself included.
	 *
	 * @returns whether their number is the reason
	 */
	refused(underWay: number): 'no' | 'perhaps' | 'surely' {
		if (underWay === 1 || this.isBorne(underWay)) return 'no';
		const isTrial = underWay > this.width;
		if (underWay >= this.width) this.trialAfter *= TRIAL_FACTOR;
		this.width = Math.min(this.width, underWay - 1);
		this.countAnew();
		this.isGrowing = false;
		return isTrial ? 'surely' : 'perhaps';
	}

	private isBorne(underWay: number): boolean {
		if (underWay > this.borne) return false;
		return underWay < this.width || (underWay === this.width && this.full >= PROOF);
	}

	private widen(width: number): void {
		if (this.isGrowing) this.trialAfter = Math.max(1, this.trialAfter / TRIAL_FACTOR);
		this.width = width;
		this.countAnew();
		this.isGrowing = true;
	}

	private countAnew(): void {
		this.full = 0;
		this.isTrying = false;
	}
}
