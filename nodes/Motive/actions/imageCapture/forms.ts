import {
	CAPTURE_FORMS,
	isAboutForm,
	type CaptureForm,
	type CaptureTarget,
} from '../../motive/captureForms';
import { asError, MotiveFailure } from '../../motive/failure';
import { CAPTURE_MARKS } from '../../motive/imageCapture';
import type { JsonObject } from '../../motive/json';
import { parseInteger, unwrap } from '../../motive/parse';
import { mergeFields } from '../../parameters/readers';
import type { Session } from '../../runs/session';
import type { SendRequest } from '../../transport/request';

/** What is known of an API. */
interface KnownForm {
	/** The form that it has taken. */
	accepted?: CaptureForm;
	/** Settled when the start that is looking for the form has ended, however it did. */
	search?: Promise<unknown>;
}

/** What the APIs that this process has talked to take, by Base URL. */
const knownForms = new Map<string, KnownForm>();

/**
 * Starts an image capture in the form that Motive takes. While the form is not known, one start tries one form after the
 * other, and the others wait for what it finds; a form that is refused has had no effect.
 *
 * With fields of the user's own only the first form is tried: the user is taken at their word.
 *
 * @param send sends a request once
 * @returns the body of Motive's answer
 * @throws MotiveFailure `refused` with Motive's words for each form when none is taken, and whatever `send` throws
 */
export async function startCapture(
	session: Session,
	target: CaptureTarget,
	extraBody: JsonObject,
	send: SendRequest,
): Promise<unknown> {
	const sendForm = async (form: CaptureForm): Promise<unknown> => {
		const body = mergeFields(await form(target), extraBody);
		const expected = ['request_id'];
		return await send({ method: 'POST', path: '/v1/image_captures', body, expected });
	};
	const known = knownForms.get(session.baseUrl) ?? {};
	knownForms.set(session.baseUrl, known);
	const [first] = CAPTURE_FORMS;
	if (first && Object.keys(extraBody).length > 0) return await sendForm(known.accepted ?? first);

	while (known.accepted === undefined && known.search) await known.search;
	if (known.accepted) return await sendForm(known.accepted);
	const search = findForm(sendForm, (form) => {
		known.accepted = form;
		if (form !== first) reportForm(session, form);
	});
	known.search = search
		.catch(() => undefined)
		.finally(() => {
			delete known.search;
		});
	return await search;
}

async function findForm(
	sendForm: (form: CaptureForm) => Promise<unknown>,
	onAccepted: (form: CaptureForm) => void,
): Promise<unknown> {
	const refusals: MotiveFailure[] = [];
	for (const form of CAPTURE_FORMS) {
		try {
			const answer = await sendForm(form);
			// A page that a proxy sends in place of an answer says nothing about the form.
			if (isStarted(answer)) onAccepted(form);
			return answer;
		} catch (error) {
			if (!isAboutForm(error)) throw asError(error);
			refusals.push(error);
		}
	}
	throw noFormTaken(refusals);
}

function isStarted(answer: unknown): boolean {
	const capture = unwrap(answer, CAPTURE_MARKS) ?? {};
	return parseInteger(capture, 'request_id') !== null;
}

function noFormTaken(refusals: readonly MotiveFailure[]): MotiveFailure {
	const words = refusals.map(
		({ facts }, index) => `form ${index + 1}: ${facts.serviceText ?? 'no reason given'}`,
	);
	return new MotiveFailure('refused', {
		...refusals.at(-1)?.facts,
		detail: 'Motive took none of the forms in which this node can ask for a picture',
		serviceText: words.join('; '),
	});
}

/** Whoever uses the node first learns what nobody outside Motive knows; others need not search then. */
function reportForm({ context }: Session, form: CaptureForm): void {
	const number = CAPTURE_FORMS.indexOf(form) + 1;
	const message = `Motive takes form ${number} of the request that starts an image capture. Please report this, so that the next version of the node begins with it.`;
	context.logger.info(message);
	context.addExecutionHints({ message, location: 'outputPane' });
}
