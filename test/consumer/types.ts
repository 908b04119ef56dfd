import { createMailcowClient, type Domain, MailcowApiClient, MailcowRejectedError } from "mailcow-client";

export async function use(env: Record<string, string | undefined>): Promise<string[]> {
  const mcc = new MailcowApiClient(env["MAILCOW_API_BASEURL"], env["MAILCOW_API_KEY"]);
  const domains: Domain[] = await mcc.getDomain();
  try {
    await mcc.addDomain({ domain: "example.com", active: true, quota: "3072" });
    // @ts-expect-error a field that the route does not have
    await mcc.editDomain("example.com", { colour: "red" });
    // @ts-expect-error a flag is no word
    await mcc.editDomain("example.com", { active: "yes" });
  } catch (error) {
    if (error instanceof MailcowRejectedError) return [...error.codes];
  }
  const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "key" });
  const { data } = await api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "example.com" } } });
  const quota: number | undefined = data && "max_quota_for_domain" in data ? data.max_quota_for_domain : undefined;
  return [...domains.map(({ domain_name }) => domain_name), String(quota)];
}
