import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { credentialTypeOf } from './authentication';
import { MotiveFailure } from '../motive/failure';
import { cleanText, withoutStopWord } from './cleanText';
import { errorText, type Advice, type ErrorText, type Subject } from './errorTexts';

/** What to do where somebody has signed in, so that there is no key that could be wrong. */
const OAUTH2_ADVICE: Advice = {
	unauthorized:
		'Open the credential and connect the account again. Motive may have withdrawn the access, or Client ID, Client Secret ' +
		'or Access Token URL may be wrong.',
	unreachable:
		'Nothing was sent to it. Check the Base URL and the Access Token URL of the credential, and how n8n gets to the internet: ' +
		'its network, its proxy, the certificates that it trusts, and the addresses that its administrator allows.',
};

/** How to get a scope, behind anything that is said about missing ones. */
const SCOPE_ADVICE =
	' A new scope has to be granted to your app in the developer portal of Motive and added to the field Scope of the ' +
	'credential. Then connect the account again.';

/** Where a failure belongs. */
export interface FailurePlace {
	subject: Subject;
	itemIndex?: number;
	/** Text behind the message, for example the item. */
	suffix?: string;
	/** Text behind the description, for example the ids that are not lost. */
	addendum?: string;
	/** What to do about it, where the usual advice does not fit. */
	advice?: Advice;
}

/** The n8n error for anything that went wrong: a failure of Motive's, or bad input found by the node itself. */
export function toNodeError(
	node: INode,
	failure: unknown,
	place: FailurePlace,
): NodeApiError | NodeOperationError {
	const { subject, itemIndex, suffix = '', addendum = '', advice = {} } = place;
	const item = itemIndex === undefined ? {} : { itemIndex };
	const text =
		failure instanceof MotiveFailure
			? failureText(node, failure, subject, advice)
			: textOf(failure);
	const message = text.message + suffix;
	const description = text.description + addendum;
	const status = failure instanceof MotiveFailure ? failure.facts.status : undefined;
	const error =
		status === undefined
			? new NodeOperationError(node, message, { description, ...item })
			: new NodeApiError(
					node,
					{ message },
					{ message, description, httpCode: String(status), ...item },
				);
	// n8n puts words of its own in place of a message that has the code of a system error, and they say less.
	error.message = message;
	return error;
}

function failureText(
	node: INode,
	failure: MotiveFailure,
	subject: Subject,
	advice: Advice,
): ErrorText {
	if (credentialTypeOf(node.parameters['authentication']) !== 'motiveOAuth2Api')
		return errorText(failure, subject, advice);
	const { message, description } = errorText(failure, subject, { ...advice, ...OAUTH2_ADVICE });
	return {
		message,
		description: failure.kind === 'forbidden' ? description + SCOPE_ADVICE : description,
	};
}

function textOf(failure: unknown): ErrorText {
	const known = failure instanceof NodeOperationError || failure instanceof NodeApiError;
	return {
		message: withoutStopWord(
			cleanText(failure instanceof Error ? failure.message : String(failure)),
		),
		description: (known && failure.description) || '',
	};
}
