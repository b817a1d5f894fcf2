/** Bytes that make whole characters of base64. */
const GROUP = 3;

/** Turns a file into base64 while it is read. */
export async function* base64Of(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of file) {
		const bytes = Buffer.concat([rest, chunk]);
		const whole = bytes.length - (bytes.length % GROUP);
		rest = bytes.subarray(whole);
		yield bytes.toString('base64', 0, whole);
	}
	yield rest.toString('base64');
}
