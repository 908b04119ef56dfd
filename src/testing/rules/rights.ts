/** The rights that the owner of a mailbox may have. */
export const userRights: readonly string[] = [
  "spam_alias",
  "tls_policy",
  "spam_score",
  "spam_policy",
  "delimiter_action",
  "syncjobs",
  "eas_reset",
  "sogo_profile_reset",
  "pushover",
  "quarantine",
  "quarantine_attachments",
  "quarantine_notification",
  "quarantine_category",
  "app_passwds",
  "pw_reset",
];
