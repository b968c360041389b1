# Daily commands, for https://just.systems. `just` lists them. CONTRIBUTING.md has the same commands without just.

_default:
    @just --list --unsorted

# Does everything compile?
check:
    cargo check --all-targets

# All tests
test:
    cargo test

# The unit tests of the package `tickler` whose name contains NAME, such as `just test-one renewals`
test-one NAME:
    cargo test --lib {{ NAME }}

# Accept the golden records as they are now; read the difference before you commit it
accept:
    INSTA_UPDATE=always cargo test --test golden
    git diff --stat -- tests/golden

# Write the JSON Schema again after a change of the record
schema:
    TICKLER_UPDATE_SCHEMA=1 cargo test --lib committed_schema_is_fresh

# Format the code
fmt:
    cargo fmt --all

# Lints; a warning is an error
lint:
    cargo clippy --all-targets -- -D warnings

# All scores, compared with their floors
eval:
    cargo build --release
    python3 eval/run.py target/release/tickler --floors eval/floors.toml

# Draw docs/screen.svg again
screen:
    cargo build --release
    python3 docs/screen.py target/release/tickler

# Everything that must hold before a change lands
ci:
    .ci/run
