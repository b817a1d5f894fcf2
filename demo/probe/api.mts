import { isAxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import axios from 'axios';

import type { JsonObject } from '../../nodes/Motive/motive/json.ts';

/** A request to Motive. */
export interface ProbeRequest {
	method: 'GET' | 'POST';
	/** Path with what it names filled in. */
	path: string;
	/** The same with names in place of what is filled in, for the report. */
	route: string;
	query?: Record<string, string | number>;
	body?: JsonObject;
}

/** An answer, as far as it is of interest. */
export interface ProbeAnswer {
	status: number;
	/** Names of the headers, in alphabetical order. */
	headers: string[];
	/** Of a file only how much came, and what it says it is. */
	body: unknown;
}

/** A request and what came of it. */
export interface Exchange {
	request: ProbeRequest;
	/** When it was sent (ms since the epoch). */
	at: number;
	/** How long its answer took (ms). */
	took: number;
	/** None where the connection broke or nothing came in time. */
	answer?: ProbeAnswer;
	/** Why there is no answer: the code of the HTTP client. */
	trouble?: string;
}

/** A file that was fetched, or what came in its place. */
export interface Fetched {
	status: number;
	headers: string[];
	/** MIME type as the host names it. */
	type: string;
	bytes: number;
}

/** The way to Motive, and to the host of the pictures. */
export interface Api {
	send: (request: ProbeRequest) => Promise<Exchange>;
	/** Fetches a picture, without the key, and forgets it; undefined where it did not come. */
	fetchFile: (url: string) => Promise<Fetched | undefined>;
}

/** How to reach an API. */
export interface ApiOptions {
	baseUrl: string;
	key: string;
	/** Aborted when everything is to stop. */
	signal: AbortSignal;
	now: () => number;
}

const PATIENCE_MS = 60_000;
const LARGEST_FILE = 50 * 1024 ** 2;

/** Connects to the API. The key is sent to it and nowhere else, and taken out of whatever it sends back. */
export function motiveApi({ baseUrl, key, signal, now }: ApiOptions): Api {
	const common: AxiosRequestConfig = {
		signal,
		timeout: PATIENCE_MS,
		validateStatus: () => true,
		maxContentLength: LARGEST_FILE,
	};
	return {
		send: async (request) => {
			const { method, path, query, body } = request;
			const at = now();
			try {
				const response = await axios.request<unknown>({
					...common,
					method,
					url: baseUrl.replace(/\/+$/, '') + path,
					params: query,
					data: body,
					headers: { 'X-Api-Key': key, Accept: 'application/json' },
					// A redirect would lead the key to another host.
					maxRedirects: 0,
					responseType: 'text',
					transformResponse: (text: unknown) => parsed(String(text).replaceAll(key, '')),
				});
				const { status, data } = response;
				const answer = { status, headers: namesOf(response), body: data };
				return { request, at, took: now() - at, answer };
			} catch (error) {
				signal.throwIfAborted();
				return { request, at, took: now() - at, trouble: troubleOf(error) };
			}
		},
		fetchFile: async (url) => {
			try {
				const response = await axios.get<ArrayBuffer>(url, {
					...common,
					responseType: 'arraybuffer',
				});
				const { status, headers, data } = response;
				const type = String(headers['content-type'] ?? '');
				return { status, headers: namesOf(response), type, bytes: data.byteLength };
			} catch {
				signal.throwIfAborted();
				return undefined;
			}
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function namesOf({ headers }: AxiosResponse): string[] {
	return Object.keys(headers).sort();
}

function troubleOf(error: unknown): string {
	return (isAxiosError(error) && error.code) || 'no answer';
}
