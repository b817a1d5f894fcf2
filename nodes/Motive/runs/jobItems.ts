import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { State } from '../motive/jobAnswer';
import type { JsonObject } from '../motive/json';
import { positionName } from '../motive/positions';
import { nameFirst } from '../motive/text';
import type { StoredFile } from '../transport/download';
import { errorItem, type ItemFailure, type ItemState } from './items';
import type { JobInput } from './job';

/** What one file of a job, or a job without files, puts out. */
export interface JobOutput {
	/** Name of the file. */
	name?: string;
	json: JsonObject;
	stored?: StoredFile;
}

/** A job and what became of it. */
export interface JobRun<Answer> {
	/** What it is called in messages. */
	subject: string;
	state: State;
	answer?: Answer;
	outputs: JobOutput[];
	/** What failed about it, a file for example; or why it was left out. */
	failures: Array<{ subject: string; failure: unknown }>;
}

/** An input item on its way through the operation. */
export interface JobItem<Input, Answer> extends ItemState {
	input?: Input;
	runs: Array<JobRun<Answer>>;
}

/** The output of an item: one item for each file, or for each job without files; then what failed. */
export function itemPerFile<Answer>(
	{ itemIndex, runs }: JobItem<JobInput, Answer>,
	{ options }: JobInput,
): INodeExecutionData[] {
	const items = runs.map((run) => [
		...run.outputs.map(({ json, stored }) => ({
			json: json as IDataObject,
			...(stored && { binary: { [options.binaryProperty]: stored.binary } }),
			pairedItem: { item: itemIndex },
		})),
		...failuresOf({ itemIndex, runs: [run] }).map(errorItem),
	]);
	return items.flat();
}

/** Everything that failed about an item, in the order of its jobs. */
export function failuresOf<Answer>({
	itemIndex,
	failure,
	runs,
}: JobItem<unknown, Answer>): ItemFailure[] {
	if (failure !== undefined) {
		const subject = runs[0]?.subject ?? 'lookup of the vehicle or asset';
		return [{ itemIndex, subject, failure }];
	}
	const failed = runs.filter(({ state }) => state !== 'skipped');
	return failed.flatMap(({ failures }) => failures.map((each) => ({ itemIndex, ...each })));
}

/** The hint that names what Motive speaks of without a link, by the subjects of the jobs; none where all is linked. */
export function missingHint(
	jobs: ReadonlyArray<{ subject: string; missing: readonly string[] }>,
): string[] {
	const incomplete = jobs
		.filter(({ missing }) => missing.length > 0)
		.map(({ subject, missing }) => `${subject} (${missing.map(positionName).join(', ')})`);
	return incomplete.length === 0 ? [] : [`Motive gave no link to: ${nameFirst(incomplete)}`];
}
