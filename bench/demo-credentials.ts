/** The Authorization header of the demo key and secret, as the running mock's admin API shows them. */
export async function demoBasic(url: string): Promise<{ authorization: string }> {
  const apis = await (await fetch(`${url}/_sparring/apis`)).json();
  const [, pair = ''] = /basic (\S+?)(?:;|$|")/.exec(JSON.stringify(apis)) ?? [];
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
