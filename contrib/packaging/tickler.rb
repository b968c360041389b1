# A formula for Homebrew. contrib/release.sh fills in what stands in braces.
class Tickler < Formula
  desc "Reads signed contract PDFs into dated obligations, with proof for every value"
  homepage "{HOMEPAGE}"
  version "{VERSION}"
  license any_of: ["Apache-2.0", "MIT"]

  on_macos do
    on_arm do
      url "{DOWNLOADS}/tickler-{VERSION}-aarch64-apple-darwin.tar.gz"
      sha256 "{SHA256 aarch64-apple-darwin}"
    end
    on_intel do
      url "{DOWNLOADS}/tickler-{VERSION}-x86_64-apple-darwin.tar.gz"
      sha256 "{SHA256 x86_64-apple-darwin}"
    end
  end
  on_linux do
    on_arm do
      url "{DOWNLOADS}/tickler-{VERSION}-aarch64-unknown-linux-gnu.tar.gz"
      sha256 "{SHA256 aarch64-unknown-linux-gnu}"
    end
    on_intel do
      url "{DOWNLOADS}/tickler-{VERSION}-x86_64-unknown-linux-gnu.tar.gz"
      sha256 "{SHA256 x86_64-unknown-linux-gnu}"
    end
  end

  depends_on "tesseract" => :recommended

  def install
    bin.install "tickler"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/tickler.bash" => "tickler"
    zsh_completion.install "completions/_tickler"
    fish_completion.install "completions/tickler.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/tickler --version")
    (testpath/"empty.pdf").write ""
    assert_match "source.empty", pipe_output("#{bin}/tickler extract --stream", "empty.pdf\n")
  end
end
