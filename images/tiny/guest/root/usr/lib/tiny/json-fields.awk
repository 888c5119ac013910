# Prints every scalar of a JSON document as `path<TAB>value`, the path's parts parted by slashes.
# Line ends and tabs inside a value are printed as \n and \t, so that a line is always a field.
BEGIN { RS = "\001" }
{ text = text $0 }
END {
  at = 1
  value("")
}

function skip() { while (substr(text, at, 1) ~ /[ \t\r\n]/) at++ }

function value(path,    first, from) {
  skip()
  first = substr(text, at, 1)
  if (first == "{") members(path)
  else if (first == "[") elements(path)
  else if (first == "\"") printf "%s\t%s\n", path, string()
  else {
    from = at
    while (at <= length(text) && substr(text, at, 1) !~ /[],} \t\r\n]/) at++
    if (at == from) exit 1
    printf "%s\t%s\n", path, substr(text, from, at - from)
  }
}

function members(path,    name) {
  at++
  skip()
  while (substr(text, at, 1) == "\"") {
    name = string()
    skip()
    if (substr(text, at, 1) != ":") exit 1
    at++
    value(path == "" ? name : path "/" name)
    skip()
    if (substr(text, at, 1) == ",") at++
    skip()
  }
  if (substr(text, at, 1) != "}") exit 1
  at++
}

function elements(path,    index_) {
  at++
  skip()
  for (index_ = 0; at <= length(text) && substr(text, at, 1) != "]"; index_++) {
    value(path "/" index_)
    skip()
    if (substr(text, at, 1) == ",") at++
    skip()
  }
  at++
}

function string(    out, part, escape) {
  at++
  out = ""
  while (at <= length(text)) {
    # A run without quotes or backslashes at once: character by character would be slow.
    if (match(substr(text, at, 512), /^[^"\\]+/)) {
      out = out substr(text, at, RLENGTH)
      at += RLENGTH
      continue
    }
    part = substr(text, at, 1)
    at++
    if (part == "\"") return out
    escape = substr(text, at, 1)
    at++
    if (escape == "n") out = out "\\n"
    else if (escape == "t") out = out "\\t"
    else if (escape == "u") {
      out = out utf8(substr(text, at, 4))
      at += 4
    }
    else if (escape !~ /[bfr]/) out = out escape
  }
  exit 1
}

function utf8(digits,    code, index_) {
  code = 0
  digits = tolower(digits)
  for (index_ = 1; index_ <= 4; index_++) {
    code = code * 16 + index("0123456789abcdef", substr(digits, index_, 1)) - 1
  }
  if (code == 10) return "\\n"
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return byte(192 + int(code / 64)) byte(128 + code % 64)
  return byte(224 + int(code / 4096)) byte(128 + int(code / 64) % 64) byte(128 + code % 64)
}

function byte(code) { return sprintf("%c", code) }
