import { isObject, type JsonObject } from '../motive/json';
import { cleanText } from './cleanText';

/** What keeps a connection from being made, by the codes of Node.js and OpenSSL. */
const REASONS: ReadonlyArray<{ codes: RegExp; detail?: string }> = [
	{
		codes: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_(?!CERT)\w+)$/,
		detail: 'No secure connection to the server could be made',
	},
	{
		codes: /CERT|CRL|ISSUER|SIGNATURE|HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH/,
		detail: 'n8n does not trust the certificate of the server',
	},
	{
		codes: /^(ENOTFOUND|EAI_\w+)$/,
		detail: 'No server with this name could be found',
	},
	{ codes: /^ECONNREFUSED$/, detail: 'The server refused the connection' },
	{ codes: /^(E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL)$/ },
];

/** Connections that ended while they were being made; Node.js and its agents give these no code of their own. */
const BROKEN_EARLY = /before (a |the )?secure TLS connection|before receiving CONNECT response/i;

/** n8n refuses to send a request to some addresses: those inside its network, or any that a credential is not for. */
const FORBIDDEN_BY_N8N = /^(The request was blocked because|Domain not allowed)/;

/**
 * Why a request surely was not sent: the connection was never made, or n8n itself refused to send it.
 *
 * @param error what n8n's HTTP helpers throw
 * @returns undefined when it may have been sent; otherwise `detail` says what is wrong, where more is known than that the
 * server could not be reached
 */
export function reasonNotSent(error: unknown): { detail?: string } | undefined {
	const links = causesOf(error);
	const forbidden = links.find(({ message }) => FORBIDDEN_BY_N8N.test(String(message)));
	if (forbidden)
		return { detail: `n8n did not send it: ${cleanText(String(forbidden['message']))}` };

	const codes = links.flatMap(({ code, httpCode }) => [code, httpCode]).filter(isText);
	for (const { codes: known, detail } of REASONS) {
		const code = codes.find((each) => known.test(each));
		if (code !== undefined) return detail === undefined ? {} : { detail: `${detail}: ${code}` };
	}
	const isConnecting = links.some(
		({ syscall, message }) => syscall === 'connect' || BROKEN_EARLY.test(String(message)),
	);
	return isConnecting ? {} : undefined;
}

/** An error and what caused it, the outermost first. Where several addresses were tried, the first one counts. */
function causesOf(error: unknown): JsonObject[] {
	const links: JsonObject[] = [];
	for (let link = error; isObject(link) && !links.includes(link); ) {
		const { cause, errors } = link;
		links.push(link);
		link = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
	}
	return links;
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}
