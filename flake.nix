{
  description = "gisa: a terminal news reader that sets Hangul right";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      # Name, version and text are those of the manifest, so that nothing here has to follow a release.
      manifest = (builtins.fromTOML (builtins.readFile ./Cargo.toml)).package;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          inherit (manifest) version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          # The tests of the whole program want a terminal, fonts and programs that speak.
          cargoTestFlags = [ "--lib" ];
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = ''
            $out/bin/gisa man --to .
            installManPage gisa*.1
            for shell in bash fish zsh; do $out/bin/gisa completions $shell > gisa.$shell; done
            installShellCompletion gisa.bash gisa.fish gisa.zsh
            install -Dm644 packaging/gisa.desktop -t $out/share/applications
          '';
          meta = {
            inherit (manifest) description homepage;
            license = pkgs.lib.licenses.mit;
            mainProgram = "gisa";
          };
        };
      });
      devShells = each (pkgs: {
        default = pkgs.mkShell {
          packages = [ pkgs.cargo pkgs.clippy pkgs.rustfmt ];
        };
      });
    };
}
