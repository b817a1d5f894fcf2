import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runWork, type WorkOperation } from '../../runs/job';
import { itemsOf } from './captureItems';
import { nameOf, type CaptureProgress, type CaptureResult } from './captureJob';
import { openCaptureSession, type CaptureSession } from './captureSession';
import { hintsOf } from './hints';
import type { CaptureOptions } from './readInput';

/** What every operation of the image captures reads of an item. */
export interface CaptureInput {
	options: CaptureOptions;
	/** Whether to wait for the picture. */
	wait: boolean;
}

type CaptureOperation<Input> = WorkOperation<Input, CaptureProgress, CaptureResult, CaptureSession>;

/** Runs an operation of the image captures; they differ in what they read and start. */
export async function runCaptures<Input extends CaptureInput>(
	context: IExecuteFunctions,
	operation: Pick<CaptureOperation<Input>, 'advice' | 'createJobs' | 'readItem'>,
): Promise<INodeExecutionData[]> {
	const whole: CaptureOperation<Input> = { ...captureWork, ...operation };
	return await runWork(context, whole);
}

const captureWork: Omit<CaptureOperation<CaptureInput>, 'advice' | 'createJobs' | 'readItem'> = {
	batchOptions: ({ options }) => options,
	openSession: openCaptureSession,
	// Motive does not say how long cameras take. This leads to a first look after 3 s, and then one about every 2 s.
	usualWait: 7_000,
	nameOf: (progress) => ('answer' in progress ? nameOf(progress.answer) : undefined),
	startedList(progresses) {
		const ids = new Map<string, number[]>();
		for (const progress of progresses) {
			if (!('answer' in progress)) continue;
			const { cameraType, requestId } = progress.answer;
			ids.set(cameraType, [...(ids.get(cameraType) ?? []), requestId]);
		}
		if (ids.size === 0) return '';
		const list = [...ids]
			.map(([cameraType, requestIds]) => `${cameraType} ${requestIds.join(', ')}`)
			.join('; ');
		return ` Request IDs by camera type, for the operation Get: ${list}.`;
	},
	/** Positions that Motive refuses are left out, but an item of which none is left has failed. */
	conclude({ runs }) {
		const refusals = runs.flatMap(({ result }) =>
			result && 'leftOut' in result ? [result.leftOut] : [],
		);
		if (refusals.length > 0 && refusals.length === runs.length) throw refusals[0];
	},
	itemsOf,
	hintsOf,
};
