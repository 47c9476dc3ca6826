//! The configuration file: TOML to [`Config`], unknown keys refused.
