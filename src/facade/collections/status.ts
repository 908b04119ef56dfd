import { Collection } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { MailcowReplyError } from "../../errors.ts";
import type { Container, ContainerSample, Host, MailStorage, PublicAddresses, RspamdActionCount } from "../../types.ts";

/** How the server is. */
export class Status extends Collection {
  /**
   * Lists the containers of mailcow, stopped ones included.
   *
   * @see GET /api/v1/get/status/containers
   */
  readonly containers = async (): Promise<Container[]> =>
    Object.values((await this.calls.row("/api/v1/get/status/containers")) ?? {});
  /**
   * Reads what a container uses: up to three samples of Docker's, oldest first.
   *
   * @param id - Docker's full id of it, 64 hexadecimal digits, which mailcow tells nowhere. With anything else, the
   * name of a service included, the server would hang for a minute.
   * @throws {@link MailcowReplyError} There are no samples, such as those of a container that is not running.
   * @see GET /api/v1/get/status/container/{container}
   */
  readonly container = async (id: string): Promise<ContainerSample[]> => {
    if (!/^[0-9a-f]{64}$/.test(id)) throw refusal("id", "Docker's full id, 64 hexadecimal digits");
    return figures(await this.calls.data("/api/v1/get/status/container/{container}", { path: { container: id } }));
  };
  /**
   * Reads the disk that mail is stored on. Sizes are texts such as `27G`, in powers of 1000; `null` while Dovecot is
   * stopped.
   *
   * @see GET /api/v1/get/status/vmail
   */
  readonly vmail = (): Promise<MailStorage> => this.calls.data("/api/v1/get/status/vmail");
  /**
   * Reads processors, memory (bytes), and time since the start (seconds) of the host.
   *
   * @throws {@link MailcowReplyError} The server could not find them out.
   * @see GET /api/v1/get/status/host
   */
  readonly host = async (): Promise<Host> => figures(await this.calls.data("/api/v1/get/status/host"));
  /**
   * Finds out the public addresses of the server, `false` for one that it does not have. It asks a service of mailcow's
   * makers, which may take longer than the client waits (`timeoutMs`).
   *
   * @see GET /api/v1/get/status/host/ip
   */
  readonly hostIp = (): Promise<PublicAddresses> => this.calls.data("/api/v1/get/status/host/ip");
  /**
   * Reads the version of mailcow, such as `2026-07a`.
   *
   * @see GET /api/v1/get/status/version
   */
  readonly version = async (): Promise<string> => (await this.calls.data("/api/v1/get/status/version")).version;
  /**
   * Counts what rspamd did with mails since it was started, as pairs of name and number; none where it does not answer.
   *
   * @see GET /api/v1/get/rspamd/actions
   */
  readonly rspamdActions = (): Promise<RspamdActionCount[]> => this.calls.rows("/api/v1/get/rspamd/actions");
}

/** mailcow answers a sentence, or `false`, where its part that watches the containers says nothing. */
function figures<Data extends object>(data: Data | string | false): Data {
  if (typeof data === "object") return data;
  throw new MailcowReplyError(`mailcow has no figures: ${data || "nothing was answered"}`);
}
