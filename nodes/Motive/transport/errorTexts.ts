import type { FailureFacts, FailureKind, MotiveFailure } from '../motive/failure';
import { counted } from '../motive/text';
import { withoutStopWord } from './cleanText';

/** What the user reads: what happened, and what to do next. */
export interface ErrorText {
	message: string;
	description: string;
}

/** What the request was about, in words that fit into a sentence, for example `dashcam image capture 90312`. */
export type Subject = string;

/** What to do about a failure, for those kinds where a caller knows better than the usual advice. */
export type Advice = Partial<Record<FailureKind, string>>;

const TEXTS: Record<FailureKind, (subject: Subject, failure: MotiveFailure) => ErrorText> = {
	unauthorized: (subject, { facts }) => ({
		message: `${facts.detail ?? 'Motive did not accept the credential'} (${subject})`,
		description:
			'Check the API key of the credential: it may be mistyped, switched off, or of another company. ' +
			'Keys are made in the Motive Dashboard under Admin → Developers. A key in test mode never changes anything, ' +
			'so whatever starts something needs a live key.',
	}),
	forbidden: (subject) => ({
		message: `Motive does not allow this (${subject})`,
		description:
			'With an API key, the company may not have the feature: ask Motive. With OAuth2 a scope may be missing.',
	}),
	notFound: (subject, { facts }) => ({
		message: facts.detail ?? `Motive has no ${subject}`,
		description:
			'Check the ID, number or name, and that the credential belongs to the right company.',
	}),
	busy: (subject, { facts }) => ({
		message: `Motive cannot do this right now${waitText(facts)} (${subject})${facts.serviceText ? `: ${facts.serviceText}` : ''}`,
		description: 'The node tried several times. Run it again in a few minutes.',
	}),
	refused: (subject, { facts }) => ({
		message:
			facts.detail ??
			`Motive refused the ${subject}${facts.serviceText ? `: ${facts.serviceText}` : ''}`,
		description:
			'Motive does not accept the parameters like this. Check them, and what was added under Options.',
	}),
	rateLimited: (subject, { facts }) => ({
		message: `${facts.detail ?? 'Too many requests for Motive right now'}${waitText(facts)} (${subject})`,
		description:
			'The node waited and tried again until its time was up. Raise Timeout (Seconds), or spread the work over ' +
			'more time.',
	}),
	unavailable: (subject, { facts }) => ({
		message: `Motive could not answer${waitText(facts)} (HTTP ${facts.status ?? '5xx'}, ${subject})`,
		description:
			'This usually passes. Run the node again in a few minutes, or switch on Retry On Fail in its settings.',
	}),
	unreachable: (subject, { facts }) => ({
		message: `${facts.detail ?? 'Motive could not be reached'} (${subject})`,
		description:
			'Nothing was sent to it. Check the Base URL of the credential, and how n8n gets to the internet: its network, its ' +
			'proxy, the certificates that it trusts, and the addresses that its administrator allows.',
	}),
	noAnswer: (subject, { facts }) => ({
		message: `${facts.detail ?? 'No answer came from Motive'} (${subject})`,
		description:
			'The connection broke or took too long. Run the node again, or switch on Retry On Fail in its settings.',
	}),
	redirected: (subject) => ({
		message: `The Base URL leads to another address (${subject})`,
		description:
			'Redirects are not followed because they would carry the key to another host. Set the Base URL of the credential ' +
			'to the API itself, usually https://api.gomotive.com.',
	}),
	unreadable: (subject, { facts }) => ({
		message: `${facts.detail ?? 'The answer does not come from the Motive API'} (${subject})`,
		description:
			'If this comes again, check the Base URL of the credential, which usually is https://api.gomotive.com.',
	}),
	outcomeUnknown: (subject) => ({
		message: `It is not known whether Motive started the ${subject}`,
		description:
			'The connection broke or Motive failed before it confirmed. The request is not repeated, because that could start ' +
			'it a second time. Run the workflow anew if you want that.',
	}),
	failed: (subject, { facts }) => ({
		message: `Motive could not ${facts.attempt ?? 'do this'} (${subject})`,
		description: 'Try again later.',
	}),
	timedOut: (subject, { facts }) => ({
		message: `${facts.detail ?? 'The time was up'} (${subject}, still pending)`,
		description:
			'Motive may still be at work. Look again later, or raise Timeout (Seconds) in the options.',
	}),
	download: (subject, { facts }) => ({
		message: `${facts.detail ?? 'The file could not be downloaded'} (${subject})`,
		description: 'Motive has the file. Download it again.',
	}),
};

/** The node waits as long as it is asked to, unless it has less time than that; then it fails at once. */
const WAIT_ADVICE = 'The node has less time than that. Run it again later.';

/** The text for a failure. */
export function errorText(
	failure: MotiveFailure,
	subject: Subject,
	advice: Advice = {},
): ErrorText {
	const { message, description: usual } = TEXTS[failure.kind](subject, failure);
	const { advice: own, detail, isPage, serviceText } = failure.facts;
	const description = [
		detail && !message.includes(detail) ? detail : '',
		isAskedToWait(failure) ? WAIT_ADVICE : (own ?? advice[failure.kind] ?? usual),
		serviceText && !message.includes(serviceText)
			? `${isPage ? 'The answer was a page' : 'Motive says'}: “${serviceText}”`
			: '',
	];
	return { message: withoutStopWord(message), description: description.filter(Boolean).join(' ') };
}

/** Whether Motive has told the node to come back later, and how much later. */
function isAskedToWait({ kind, facts: { retryAfterMs = 0 } }: MotiveFailure): boolean {
	return retryAfterMs > 0 && ['busy', 'rateLimited', 'unavailable'].includes(kind);
}

function waitText({ retryAfterMs = 0 }: FailureFacts): string {
	return retryAfterMs > 0 ? ` and asks to wait for ${durationText(retryAfterMs)}` : '';
}

/** A length of time as people say it, rounded up: `45 seconds`, `3 minutes`, `1 hour`. */
function durationText(ms: number): string {
	const seconds = Math.max(1, Math.ceil(ms / 1_000));
	if (seconds < 120) return counted(seconds, 'second');
	const minutes = Math.ceil(seconds / 60);
	return minutes < 60 ? counted(minutes, 'minute') : counted(Math.ceil(minutes / 6) / 10, 'hour');
}
