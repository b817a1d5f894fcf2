import type { JobAnswer } from '../motive/jobAnswer';
import type { JsonObject } from '../motive/json';
import type { JobOptions } from '../parameters/jobOptions';
import type { Started } from '../polling/scheduler';
import type { StoredFile } from '../transport/download';
import type { SendRequest } from '../transport/request';
import type { JobFile } from './files';

/** What every operation on jobs reads of an item. */
export interface JobInput {
	/** Whether to wait until the job is done. */
	wait: boolean;
	/** Whether to download its files. */
	download: boolean;
	options: JobOptions;
}

/** A job, as far as it differs from others. */
export interface Job<Answer extends JobAnswer> {
	/** What it is called while Motive has not named it. */
	subject: string;
	/** What it is called once Motive has answered. */
	name: (answer: Answer) => string;
	/** Starts of the same source are spaced. */
	source?: string;
	/** Started by an earlier try. */
	resumed?: Started<Answer>;
	/** Starts the job, or asks for the first time how one stands that was started elsewhere. */
	start: (signal: AbortSignal) => Promise<Started<Answer>>;
	/** Whether this refusal of the start means that the job is left out. */
	isLeftOut?: (failure: unknown) => boolean;
	/** Asks how the job stands. */
	poll: (request: SendRequest, answer: Answer) => Promise<Answer>;
	/** The files of a job that is ready. */
	files: (answer: Answer) => JobFile[];
	/** What else is wanted to know of a finished job; requested while its files are downloaded. */
	details?: (answer: Answer) => Promise<Partial<Answer>>;
	/** What an item says of the job, and of one of its files. */
	row: (answer: Answer, facts: RowFacts) => JsonObject;
	/** Makes the next try start anew what Motive has given up. */
	forget?: () => void;
	words: JobWords;
}

/** How messages speak of a kind of job. */
export interface JobWords {
	/** What a user waits for, for example `video`. */
	file: string;
	/** What Motive may fail to do, for example `recall the video`. */
	attempt: string;
	/** What to say where a job is ready and none of the wanted files is there. */
	noneThere: string;
}

/** What only the run knows of a job. */
export interface RowFacts {
	/** The file that the item is about. */
	file?: OutputFile;
	/** When Motive was asked (ms). */
	startedAt?: number;
	/** When the job was first seen to be ready (ms). */
	readyAt?: number;
}

/** A file, and what was stored of it if it was downloaded. */
export interface OutputFile extends JobFile {
	stored?: StoredFile;
}
