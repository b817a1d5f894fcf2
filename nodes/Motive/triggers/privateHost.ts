/** Ends of names that no public name server knows. */
const PRIVATE_NAME = /(^|\.)(localhost|local|lan|internal)$/;

/** This machine, private networks, and link-local addresses. */
const PRIVATE_IPV4 = /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d+){2,3}$/;

/** The same in IPv6. */
const PRIVATE_IPV6 = /^\[(::1?|f[cd]..:.*|fe[89ab].:.*)\]$/;

/**
 * Whether a host can only be reached from where n8n runs: this machine, a private network, or a name that only such a
 * network knows.
 *
 * @param host as `URL` writes it: in lower case, IPv6 in brackets
 * @see https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc4193
 */
export function isPrivateHost(host: string): boolean {
	const name = host.replace(/\.$/, '');
	return [PRIVATE_NAME, PRIVATE_IPV4, PRIVATE_IPV6].some((pattern) => pattern.test(name));
}
