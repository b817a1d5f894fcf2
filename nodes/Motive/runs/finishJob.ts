import { MotiveFailure } from '../motive/failure';
import { stateOfStatus, type JobAnswer } from '../motive/jobAnswer';
import { counted } from '../motive/text';
import type { JobOptions } from '../parameters/jobOptions';
import type { Outcome } from '../polling/scheduler';
import { downloadFiles, type Download } from './files';
import { outputJson } from './items';
import type { Job, JobInput, JobWords, OutputFile } from './job';
import type { JobOutput, JobRun } from './jobItems';
import { reader, type Session } from './session';

/** What a finished job has: its last answer, and its files. */
export interface Finished<Answer> {
	answer: Answer;
	downloads: Download[];
}

/**
 * Makes of the last answer what the user wants of it: files and details, or a failure where nothing is there.
 *
 * @throws MotiveFailure `failed` or `timedOut` when there is nothing and the item must not go on, `download` when a job is
 * ready without any file
 */
export async function finishJob<Answer extends JobAnswer>(
	session: Session,
	job: Job<Answer>,
	{ wait, download, options }: JobInput,
	{ answer, signal, trouble }: { answer: Answer; signal: AbortSignal; trouble?: MotiveFailure },
): Promise<Finished<Answer>> {
	if (answer.state === 'failed') job.forget?.();
	const isReady = answer.state === 'ready';
	if (!isReady && wait && options.whenUnavailable === 'error')
		throw unavailable(job.words, answer, options, trouble);
	const wantsFiles = isReady && download && !session.isToolCall;
	const mustHaveFiles = !wait || options.whenUnavailable === 'error';
	if (wantsFiles && mustHaveFiles && job.files(answer).length === 0)
		throw new MotiveFailure('download', { detail: job.words.noneThere });
	const renew = async () => await job.poll(reader(session, { signal, purpose: 'poll' }), answer);
	const files = async () =>
		wantsFiles
			? await downloadFiles(session, answer, { files: job.files, renew }, signal)
			: { answer, downloads: [] };
	const [downloaded, details] = await Promise.all([files(), job.details?.(answer)]);
	return { ...downloaded, answer: { ...downloaded.answer, ...details } };
}

function unavailable(
	{ file, attempt, noneThere }: JobWords,
	{ state, status }: JobAnswer,
	{ timeout }: JobOptions,
	trouble?: MotiveFailure,
): MotiveFailure {
	if (state === 'failed') {
		const isSaid = stateOfStatus(status) === 'failed';
		const detail = isSaid ? `Motive’s status is “${status}”.` : `${noneThere}.`;
		return new MotiveFailure('failed', { attempt, detail });
	}
	const isCalledReady = stateOfStatus(status) === 'ready';
	const noFile = isCalledReady
		? noneThere
		: `No ${file} after ${counted(timeout / 1_000, 'second')}`;
	const detail = trouble ? `${noFile}, and Motive did not answer the last request` : noFile;
	return new MotiveFailure('timedOut', { detail });
}

/** What became of a job, in the form in which items are made of it. */
export function runOf<Answer extends JobAnswer>(
	job: Job<Answer>,
	outcome: Outcome<Answer, Finished<Answer>>,
	{ options: { includeUrl } }: JobInput,
): JobRun<Answer> {
	const { state, result } = outcome;
	const failure = isLost(outcome) ? lost(outcome.failure) : outcome.failure;
	const answer = result?.answer ?? outcome.answer;
	const subject = answer === undefined ? job.subject : job.name(answer);
	const failures = [
		...(failure === undefined ? [] : [{ subject, failure }]),
		...(result?.downloads ?? []).flatMap((download) =>
			download.stored ? [] : [{ subject: download.file.subject, failure: download.failure }],
		),
	];
	const outputs = result ? filesOf(job, result).map((file) => output(result, file)) : [];
	return { subject, state, outputs, failures, ...(answer && { answer }) };

	function output(finished: Finished<Answer>, file: OutputFile | undefined): JobOutput {
		const { startedAt, readyAt } = outcome;
		const facts = {
			...(file && { file }),
			...(startedAt !== undefined && { startedAt }),
			...(readyAt !== undefined && { readyAt }),
		};
		const json = outputJson(job.row(finished.answer, facts), includeUrl);
		return {
			json,
			...(file?.stored && { stored: file.stored }),
			...(file && { name: file.name }),
		};
	}
}

/** Whether Motive has started a job and does not know it any more, so that it is not worth going back to. */
export function isLost<Answer, Result>(
	outcome: Outcome<Answer, Result>,
): outcome is Outcome<Answer, Result> & { failure: MotiveFailure } {
	const { answer, failure } = outcome;
	return answer !== undefined && failure instanceof MotiveFailure && failure.kind === 'notFound';
}

/** Where the job itself has no words for it, it was started by a request and can be started again. */
function lost(failure: MotiveFailure): MotiveFailure {
	const { kind, facts } = failure;
	if (facts.detail !== undefined) return failure;
	const advice = 'Motive had it before and has lost it. Start a new one.';
	return new MotiveFailure(kind, { ...facts, advice });
}

/** The files that items are made of, without those that could not be had; undefined stands for a job without files. */
function filesOf<Answer extends JobAnswer>(
	job: Job<Answer>,
	{ answer, downloads }: Finished<Answer>,
): Array<OutputFile | undefined> {
	if (downloads.length > 0)
		return downloads.flatMap(({ file, stored }) => (stored ? [{ ...file, stored }] : []));
	const files = answer.state === 'ready' ? job.files(answer) : [];
	return files.length === 0 ? [undefined] : files;
}
