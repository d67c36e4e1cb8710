//! Secrets: the operating system's keyring, or a passphrase file by explicit choice.
