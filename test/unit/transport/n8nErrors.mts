/** Errors as n8n's HTTP helpers throw them, made by the classes that n8n itself uses. */
import { AxiosError, AxiosHeaders, type AxiosResponse } from 'axios';
import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

export { NodeApiError, NodeOperationError };

export const node: INode = {
	id: '1',
	name: 'Motive',
	type: 'n8n-nodes-motive.motive',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What the HTTP client throws for an answer. */
export function answered(
	status: number,
	data: unknown = '',
	headers: Record<string, string> = {},
): AxiosError {
	const config = { headers: new AxiosHeaders() };
	const response: AxiosResponse = {
		status,
		statusText: '',
		data,
		headers: new AxiosHeaders({ date: 'Wed, 01 Jul 2026 12:00:00 GMT', ...headers }),
		config,
	};
	const code = status >= 500 ? AxiosError.ERR_BAD_RESPONSE : AxiosError.ERR_BAD_REQUEST;
	return new AxiosError(
		`Request failed with status code ${status}`,
		code,
		response.config,
		{},
		response,
	);
}

/** What the HTTP client throws when there is no answer. */
export function unanswered(code: string, message = `connect ${code} 127.0.0.1:443`): AxiosError {
	return AxiosError.from(Object.assign(new Error(message), { code }), code);
}

/** n8n's error around one of these. */
export function wrapped(error: AxiosError): Error {
	return new NodeApiError(node, error as unknown as JsonObject);
}

/** The same after it was saved and read again, as older versions of n8n pass it on: only its own fields are left. */
export function withoutCause(error: AxiosError): Error {
	const { message, httpCode, context } = new NodeApiError(node, error as unknown as JsonObject);
	return Object.assign(new Error(message), { httpCode, context });
}
