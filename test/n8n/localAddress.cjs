/**
 * A hook for n8n (EXTERNAL_HOOK_FILES). In the editor, webhooks, forms and chats then have the address in
 * N8N_LOCAL_ADDRESS, which browsers on this machine can open. Services are still given the one in WEBHOOK_URL.
 */
function useLocalAddress(settings) {
	for (const name of ['urlBaseWebhook', 'urlBaseWebhookTest']) {
		// A mere value would not last: n8n sets both anew each time the editor asks.
		Object.defineProperty(settings, name, {
			get: () => process.env.N8N_LOCAL_ADDRESS,
			set: () => undefined,
			enumerable: true,
		});
	}
}

module.exports = { frontend: { settings: [useLocalAddress] } };
