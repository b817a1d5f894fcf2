import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { cleanBaseUrl, cleanKey, NOT_THE_API } from '../../../credentials/connection';
import { MotiveFailure, type FailureKind } from '../motive/failure';
import { checkAnswer } from './checkAnswer';
import { mistakeIn } from './checkCredential';
import { errorText } from './errorTexts';
import { executionClock as clock } from './executionClock';
import { parseAnswer, parseFailure, type HttpAnswer } from './parseFailure';

/** Someone waits in front of the credential, so an answer that takes longer is given up (ms). */
const LONGEST_ANSWER_MS = 30_000;

/** What the user reads where a credential that works cannot get such an answer. */
const WORDS: Partial<Record<FailureKind, string>> = {
	unauthorized:
		'Motive does not know this API key: it may be mistyped, switched off, or of another company.',
	notFound: NOT_THE_API,
	redirected: NOT_THE_API,
	unreadable: NOT_THE_API,
};

/**
 * Tests an API key and its Base URL with a request that every key may send.
 *
 * It is a function because the requests that n8n can send by itself for a test leave it at `ENOTFOUND`, and take any web
 * page for Motive.
 *
 * @see https://developer-docs.gomotive.com/reference/v1companies
 */
export async function testApiKey(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const found = mistakeIn(data);
	if (found) return refused(`The ${found.field} ${found.mistake}. ${found.advice}`);
	const secrets = [cleanKey(data['apiKey'])];
	try {
		const answer = await requestCompany(this, data);
		checkAnswer(answer, { expected: ['companies'], secrets, now: clock.now() });
		return isJson(answer.body)
			? { status: 'OK', message: 'Connection successful!' }
			: refused(NOT_THE_API);
	} catch (error) {
		return refused(textOf(parseFailure(error, secrets, clock.now())));
	}
}

/** n8n gives a test no other way to send a request. */
async function requestCompany(
	{ helpers }: ICredentialTestFunctions,
	{ apiKey, baseUrl }: ICredentialDataDecryptedObject,
): Promise<HttpAnswer> {
	const answer: unknown = await helpers.request({
		uri: `${cleanBaseUrl(baseUrl)}/v1/companies`,
		headers: { 'X-Api-Key': cleanKey(apiKey) },
		json: true,
		timeout: LONGEST_ANSWER_MS,
		// Redirects would carry the key to another host.
		followRedirect: false,
		// Any status, with all that came along.
		simple: false,
		resolveWithFullResponse: true,
	});
	return parseAnswer(answer);
}

function textOf(failure: MotiveFailure): string {
	const { message, description } = errorText(failure, 'test of the connection');
	return WORDS[failure.kind] ?? `${message}. ${description}`;
}

/** Anything else is a web page, or nothing. */
function isJson(body: unknown): boolean {
	return typeof body === 'object' && body !== null;
}

function refused(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
