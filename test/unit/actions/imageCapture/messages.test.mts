import { describe, expect, it } from 'vitest';

import {
	CAPTURE_ADVICE,
	GET_ADVICE,
	startedList,
} from '../../../../nodes/Motive/actions/imageCapture/messages.ts';
import { MotiveFailure, type FailureKind } from '../../../../nodes/Motive/motive/failure.ts';
import { parseImageCapture } from '../../../../nodes/Motive/motive/imageCapture.ts';
import { errorText } from '../../../../nodes/Motive/transport/errorTexts.ts';

const SUBJECT = 'dashcam image capture 90312';

describe.each([
	['CAPTURE_ADVICE', CAPTURE_ADVICE],
	['GET_ADVICE', GET_ADVICE],
])('%s', (_, advice) => {
	it('comes after the status of a capture that failed', () => {
		const failure = new MotiveFailure('failed', { detail: 'Motive’s status is “expired”.' });
		expect(errorText(failure, SUBJECT, advice).description).toMatch(
			/^Motive’s status is “expired”\. The camera/,
		);
	});

	it.each(Object.keys(advice) as FailureKind[])('says what to do after %s', (kind) => {
		const { message, description } = errorText(new MotiveFailure(kind), SUBJECT, advice);
		expect(description).toMatch(/^[A-Z].*\.$/s);
		expect(description).not.toContain(message);
	});
});

describe('startedList', () => {
	const started = (request_id: number, camera_type: string) =>
		parseImageCapture({ request_id, camera_type, status: 'pending' });

	it('has the request IDs by camera type, in the order of the captures', () => {
		const captures = [started(90312, 'dashcam'), started(7, 'omnicam'), started(90311, 'dashcam')];
		expect(startedList(captures)).toBe(
			' Fetch the pictures later with Get: Request ID 90312, 90311, Camera Type Dashcam; Request ID 7, Camera Type Omnicam.',
		);
	});

	it('is about one picture where there is one', () => {
		expect(startedList([started(90311, 'dashcam')])).toBe(
			' Fetch it later with Get: Request ID 90311, Camera Type Dashcam.',
		);
	});

	it('says nothing where nothing was started', () => {
		expect(startedList([])).toBe('');
	});
});
