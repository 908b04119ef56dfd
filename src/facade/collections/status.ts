import { MailcowReplyError } from "../../errors.ts";
import type { Container, ContainerSample, Host, MailStorage, PublicAddresses, RspamdActionCount } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { refusal } from "../input.ts";

/** How the server is. */
export interface Status {
  /**
   * Lists the containers of mailcow, stopped ones included.
   *
   * @see GET /api/v1/get/status/containers
   */
  containers(): Promise<Container[]>;
  /**
   * Reads what a container uses: up to three samples of Docker's, oldest first.
   *
   * @param id - Docker's full id of it, 64 hexadecimal digits, which mailcow tells nowhere. With anything else, the
   * name of a service included, the server would hang for a minute.
   * @throws {@link MailcowReplyError} There are no samples, such as those of a container that is not running.
   * @see GET /api/v1/get/status/container/{container}
   */
  container(id: string): Promise<ContainerSample[]>;
  /**
   * Reads the disk that mail is stored on. Sizes are texts such as `27G`, in powers of 1000; `null` while Dovecot is
   * stopped.
   *
   * @see GET /api/v1/get/status/vmail
   */
  vmail(): Promise<MailStorage>;
  /**
   * Reads processors, memory (bytes), and time since the start (seconds) of the host.
   *
   * @throws {@link MailcowReplyError} The server could not find them out.
   * @see GET /api/v1/get/status/host
   */
  host(): Promise<Host>;
  /**
   * Finds out the public addresses of the server, `false` for one that it does not have. It asks a service of mailcow's
   * makers, which may take longer than the client waits (`timeoutMs`).
   *
   * @see GET /api/v1/get/status/host/ip
   */
  hostIp(): Promise<PublicAddresses>;
  /**
   * Reads the version of mailcow, such as `2026-07a`.
   *
   * @see GET /api/v1/get/status/version
   */
  version(): Promise<string>;
  /**
   * Counts what rspamd did with mails since it was started, as pairs of name and number; none where it does not answer.
   *
   * @see GET /api/v1/get/rspamd/actions
   */
  rspamdActions(): Promise<RspamdActionCount[]>;
}

export function status(calls: Calls): Status {
  return {
    containers: async () => Object.values((await calls.row("/api/v1/get/status/containers")) ?? {}),
    container: async (id) => {
      if (!/^[0-9a-f]{64}$/.test(id))
        throw refusal("status.container", "id", "Docker's full id, 64 hexadecimal digits");
      return figures(await calls.data("/api/v1/get/status/container/{container}", { path: { container: id } }));
    },
    vmail: () => calls.data("/api/v1/get/status/vmail"),
    host: async () => figures(await calls.data("/api/v1/get/status/host")),
    hostIp: () => calls.data("/api/v1/get/status/host/ip"),
    version: async () => (await calls.data("/api/v1/get/status/version")).version,
    rspamdActions: () => calls.rows("/api/v1/get/rspamd/actions"),
  };
}

/** mailcow answers a sentence, or `false`, where its part that watches the containers says nothing. */
function figures<Data extends object>(data: Data | string | false): Data {
  if (typeof data === "object") return data;
  throw new MailcowReplyError(`mailcow has no figures: ${data || "nothing was answered"}`);
}
