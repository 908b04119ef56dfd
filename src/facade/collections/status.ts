import { Collection } from "../../core/collection.ts";
import type { CallOptions } from "../../core/options.ts";
import { MailcowReplyError } from "../../errors.ts";
import * as routes from "../../generated/routes/status.ts";
import type * as types from "../../generated/types/status.ts";

export type * from "../../generated/types/status.ts";

/** How the server is. */
export class Status extends Collection {
  /**
   * Lists the containers of mailcow, stopped ones included.
   *
   * @see GET /api/v1/get/status/containers
   */
  async containers(options?: CallOptions): Promise<types.Container[]> {
    return Object.values((await this.call(routes.getStatusContainers, {}, options)) ?? {}).map((row) =>
      figures(row, "container"),
    );
  }

  /**
   * Reads what a container uses: up to three samples of Docker's, oldest first.
   *
   * @param id - Docker's full id of it, 64 hexadecimal digits, which mailcow tells nowhere. With anything else, the
   * name of a service included, the server would hang for a minute.
   * @throws {MailcowReplyError} There are no samples, such as those of a container that is not running.
   * @see GET /api/v1/get/status/container/{container}
   */
  async container(id: string, options?: CallOptions): Promise<types.ContainerSample[]> {
    const samples = figures(await this.call(routes.getStatusContainer, { container: id }, options));
    return samples.map((sample) => figures(sample, "read"));
  }

  /**
   * Reads the disk that mail is stored on. Sizes are texts such as `27G`, in powers of 1000; `null` while Dovecot is
   * stopped.
   *
   * @see GET /api/v1/get/status/vmail
   */
  async vmail(options?: CallOptions): Promise<types.MailStorage> {
    return this.call(routes.getStatusVmail, {}, options);
  }

  /**
   * Reads processors, memory (bytes), and time since the start (seconds) of the host.
   *
   * @throws {MailcowReplyError} The server could not find them out.
   * @see GET /api/v1/get/status/host
   */
  async host(options?: CallOptions): Promise<types.Host> {
    return figures(await this.call(routes.getStatusHost, {}, options));
  }

  /**
   * Finds out the public addresses of the server, `false` for one that it does not have. It asks a service of mailcow's
   * makers, which may take longer than the client waits (`timeoutMs`).
   *
   * @see GET /api/v1/get/status/host/ip
   */
  async hostIp(options?: CallOptions): Promise<types.PublicAddresses> {
    return this.call(routes.getStatusHostIp, {}, options);
  }

  /**
   * Reads the version of mailcow, such as `2026-07a`.
   *
   * @see GET /api/v1/get/status/version
   */
  async version(options?: CallOptions): Promise<string> {
    const { version } = await this.call(routes.getStatusVersion, {}, options);
    if (typeof version !== "string") throw new MailcowReplyError("get/status/version: the server tells no version");
    return version;
  }

  /**
   * Counts what rspamd did with mails since it was started, as pairs of name and number; none where it does not answer.
   *
   * @see GET /api/v1/get/rspamd/actions
   */
  async rspamdActions(options?: CallOptions): Promise<types.RspamdActionCount[]> {
    return this.call(routes.getRspamdActions, {}, options);
  }
}

/** mailcow answers a sentence, or `false`, where its part that watches the containers says nothing. */
function figures<Data extends object>(data: Data | string | false, field?: keyof Data & string): Data {
  if (typeof data === "object" && data !== null && (field === undefined || Object.hasOwn(data, field))) return data;
  throw new MailcowReplyError(
    `mailcow has no figures: ${(typeof data === "string" && data) || "nothing was answered"}`,
  );
}
