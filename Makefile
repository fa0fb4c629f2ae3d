# Vademecum: `make help` lists the targets; the README says where to begin.
# GNU make. Objects go to build/$(MODE)/; CC, CFLAGS, LDFLAGS, DESTDIR, PREFIX are honoured.
MODE ?= release
BUILD := build/$(MODE)
PREFIX ?= /usr/local
VERSION := 0.1

PACKAGES := libxml-2.0 libxslt libexslt libpcre2-8 lua5.4 jansson libxxhash minizip zlib libpng nettle libqrencode libgit2
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wno-format-nonliteral
STANDARD := -std=c17 -D_GNU_SOURCE -DVADE_VERSION='"$(VERSION)"' -Icompiler
ifeq ($(MODE),san)
MODE_FLAGS := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -Werror
endif
ifeq ($(MODE),check)
MODE_FLAGS := -Werror
endif
# Asked only when something is compiled, so that `make deps` runs on a bare machine.
PKG_CFLAGS = $(shell pkg-config --cflags $(PACKAGES))
PKG_LIBS = $(shell pkg-config --libs $(PACKAGES)) -lm
COMPILE = $(CC) $(STANDARD) $(WARNINGS) $(CFLAGS) $(MODE_FLAGS) $(PKG_CFLAGS) -MMD -MP -c
LINK = $(CC) $(CFLAGS) $(MODE_FLAGS) $(LDFLAGS)

SOURCES := $(sort $(wildcard compiler/*/*.c) compiler/build.c compiler/front.c compiler/worker.c)
OBJECTS := $(SOURCES:compiler/%.c=$(BUILD)/%.o) $(BUILD)/embedded.o $(BUILD)/examples.o
EMBEDDED := $(sort $(wildcard compiler/format/xsl/*.xsl compiler/format/css/*.css compiler/format/js/*.js \
	compiler/format/typ/*.typ compiler/format/typ/*.js compiler/script/*.lua \
	$(wildcard filters/*.lua) schemas/*.rng)) $(BUILD)/words.xsl
EXAMPLES := $(sort $(wildcard compiler/base/examples/V*))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))

DEPS := gcc make pkg-config libc6-dev libxml2-dev libxslt1-dev libpcre2-dev liblua5.4-dev libjansson-dev libxxhash-dev libminizip-dev zlib1g-dev \
	libpng-dev nettle-dev libqrencode-dev libgit2-dev
DEPS_CHECK := $(DEPS) libcmocka-dev git python3 python3-jsonschema libxml2-utils xsltproc docbook5-xml docbook-xsl-ns jing trang mandoc \
	clang-format-14 libasan8 libubsan1 poppler-utils qpdf libstemmer0d chromium default-jdk-headless zbar-tools xmldiff wdiff

.DEFAULT_GOAL := all
.PHONY: all check-web check-web-all campaign mutate help deps deps-pdf deps-check handbooks check check-hard accept san unit golden property layers schemas \
	bench format format-check install clean

all: build/vade  ## build the compiler: build/vade

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-14s %s\n", $$1, $$2}'

INSTALL = apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install
# Installs the packages of the list that are not there; says nothing if none is missing.
define install_missing
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "installing: $$missing" | tr '\n' ' '; echo; \
	apt-get -q update >/dev/null && DEBIAN_FRONTEND=noninteractive $(INSTALL) $$missing >/dev/null; fi
endef

deps:  ## install what building needs (Debian, as root)
	$(call install_missing,$(DEPS))

deps-check:  ## install what only the tests need (Debian, as root)
	$(call install_missing,$(DEPS_CHECK))
	$(if $(shell command -v npm),@$(MAKE) -s build/web/.installed || echo "no tests in a browser: npm has failed")

# The PDF engine, apart from the rest: build/typst holds it, its lock file pins it by digest. Node 18 and 20 do.
deps-pdf:  ## install the PDF engine into build/typst (Debian, as root; npm registry)
	$(if $(shell command -v node),,$(call install_missing,nodejs))
	$(if $(shell command -v npm),,$(call install_missing,npm))
	$(call install_missing,fonts-noto-core)
	@$(MAKE) -s build/typst/.installed

build/typst/.installed: $(addprefix compiler/format/typ/,package.json package-lock.json fonts.conf fonts.sha256)
	@mkdir -p $(@D)/fonts
	@cp $^ $(@D)
	@cd $(@D) && cp $(patsubst %,/usr/share/fonts/truetype/noto/%-Regular.ttf,NotoSansSymbols NotoSansSymbols2) fonts && sha256sum --quiet -c fonts.sha256
	@echo "  npm $(@D)"; cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

build/vade: $(BUILD)/vade
	@cp -f $< $@

$(BUILD)/vade: $(BUILD)/main.o $(BUILD)/libvade.a
	@echo "  ld $@"; $(LINK) -o $@ $^ $(PKG_LIBS) -lm

$(BUILD)/libvade.a: $(OBJECTS)
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/%.o: compiler/%.c
	@mkdir -p $(@D)
	@echo "  cc $@"; $(COMPILE) -o $@ $<

$(BUILD)/embedded.o $(BUILD)/examples.o: %.o: %.c
	@echo "  cc $@"; $(COMPILE) -o $@ $<

$(BUILD)/embedded.c: list := embedded
$(BUILD)/embedded.c: $(EMBEDDED)
$(BUILD)/examples.c: list := example
$(BUILD)/examples.c: $(EXAMPLES) compiler/base/examples # the folder: one may go
$(BUILD)/embedded.c $(BUILD)/examples.c: compiler/base/embed.sh
	@mkdir -p $(@D)
	@sh $< $(list) $(filter-out $< compiler/base/examples,$^) > $@

$(BUILD)/words.xsl: compiler/format/words_xsl.sh compiler/model/ui.def
	@mkdir -p $(@D)
	@sh compiler/format/words_xsl.sh compiler/model/ui.def > $@

handbooks: all  ## compile manual/ into every handbook, EN and ES
	build/vade build manual -o build/handbooks
	@if [ -e build/typst/.installed ]; then set -x; \
	build/vade build manual -o build/handbooks --to pdf,card,cardsheet; fi

check:  ## run the whole test suite
	@tests/check.sh

check-hard:  ## the same with full campaigns
	@tests/check.sh --hard

check-web: all build/web/.installed  ## open a sample of built pages in a browser (needs node, chromium, java)
	tests/web/run.sh

check-web-all: all build/web/.installed  ## open every page of every handbook in a browser
	tests/web/run.sh --all

build/web/.installed: tests/web/package.json tests/web/package-lock.json
	$(call install_missing,chromium default-jre-headless)
	$(if $(shell command -v node),,$(call install_missing,nodejs))
	$(if $(shell command -v npm),,$(call install_missing,npm))
	@mkdir -p $(@D)
	@cp $^ $(@D)
	@echo "  npm $(@D)"; cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

mutate:  ## take one safeguard at a time out and want the tests to notice; or RANDOM=30 random changes of SEED=N
	tests/mutate.sh $(if $(RANDOM),--random $(RANDOM) $(SEED))

# Goes on where the last one ended; build/campaign holds what was done.
campaign: all  ## random projects for the properties, as long as TIME=30m says
	python3 tests/property/campaign.py random --time $(or $(TIME),30m)

golden: all  ## run the golden cases
	tests/golden/run.sh

property: all  ## run the properties on their fixed seeds
	@for name in $(notdir $(sort $(wildcard tests/seeds/*))); do python3 tests/property/campaign.py fixed $$name || exit 1; done

layers:  ## does a room include only what is below it?
	tests/layers.sh

schemas:  ## do the schemas take the good samples and refuse the bad ones?
	tests/schemas.sh

accept: all  ## rewrite the wanted files of golden cases
	tests/golden/run.sh --accept

unit: $(UNITS) $(BUILD)/tests/schema/validate  ## build the unit tests (tests/unit/run.sh runs them)

$(BUILD)/tests/%: tests/%.c $(BUILD)/libvade.a
	@mkdir -p $(@D)
	@echo "  ld $@"; $(LINK) $(STANDARD) $(WARNINGS) $(PKG_CFLAGS) -o $@ $< $(BUILD)/libvade.a $(PKG_LIBS) -lm

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libvade.a
	@mkdir -p $(@D)
	@echo "  ld $@"; $(LINK) $(STANDARD) $(WARNINGS) $(PKG_CFLAGS) -o $@ $< $(BUILD)/libvade.a $(PKG_LIBS) -lm -lcmocka

san:  ## build with AddressSanitizer and UBSan: build/san/vade
	$(MAKE) MODE=san build/san/vade unit

bench: all  ## measure against docbook-xsl and an identity transform
	VADE=build/vade tests/bench/bench.sh

FORMATTED = $(sort $(wildcard compiler/*.[ch] compiler/*/*.[ch] tests/unit/*.[ch] tests/schema/*.c))
format:  ## format the C sources
	@clang-format-14 -i $(FORMATTED)

format-check:  ## are the C sources formatted?
	@clang-format-14 --dry-run -Werror $(FORMATTED)

install: all  ## install to $(DESTDIR)$(PREFIX)
	install -D -m 755 build/vade $(DESTDIR)$(PREFIX)/bin/vade
	install -D -m 644 compiler/vade.1 $(DESTDIR)$(PREFIX)/share/man/man1/vade.1
	if [ -e build/typst/.installed ]; then mkdir -p $(DESTDIR)$(PREFIX)/share/vade && \
	rm -rf $(DESTDIR)$(PREFIX)/share/vade/typst && cp -R build/typst $(DESTDIR)$(PREFIX)/share/vade/typst; fi

clean:  ## remove build/
	rm -rf build

-include $(OBJECTS:.o=.d) $(BUILD)/main.d
