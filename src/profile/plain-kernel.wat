;; What a recording is full of, read in the forms in which V8 writes it: whole numbers with a comma behind each, and nodes
;; whose function was met before. Whatever is anything else is left to the reader of JSON; nothing is refused here.
;; Assembled into plain-kernel-code.ts by `node scripts/assemble-kernel.ts`.
;;
;; Eight bytes are looked at a time, as one word whose lowest byte comes first (Lemire 2022, "Parsing integers quickly";
;; Mycroft 1987, whose test for a byte within a word is right up to the lowest byte that is found).
;;
;; Memory:   0x000000  slots: 65,536 × i32, one more than a function's index, 0 where there is none
;;           0x040000  functions: 32,768 × 16 bytes: start (i32), length (i32), value (i32)
;;           0x0c0000  what they were read from, 4 MiB, each from a multiple of 8 on
;;           0x4c0000  output: 4096 ids, 4096 functions; 8192 rows and as many ids of callees (i32 each);
;;                     or 4096 numbers (i32 or f64 each)
;;           0x4d8000  more output: of nodes that name their caller 4096 rows, and as many ids of callers (i32 each)
;;           0x4e0000  the window on the document, with 64 bytes behind it that may be looked at
(module
  (memory (export "memory") 86)
  ;; Where reading stands.
  (global $at (export "at") (mut i32) (i32.const 0))
  (global $links (export "links") (mut i32) (i32.const 0))
  (global $parents (export "parents") (mut i32) (i32.const 0))
  (global $count (export "count") (mut i32) (i32.const 0))
  ;; The number and the function that were read last.
  (global $number (mut i32) (i32.const 0))
  (global $value (export "value") (mut i32) (i32.const 0))
  (global $functions (mut i32) (i32.const 0))
  (global $used (mut i32) (i32.const 0x0c0000))
  ;; Of what was hashed last: up to its first closing brace, whose place it is, or −1.
  (global $hash (mut i32) (i32.const 0))
  (global $brace (export "brace") (mut i32) (i32.const 0))
  ;; Where the function begins for whose sake reading of nodes ended, since it is not known; else −1.
  (global $unknown (export "unknown") (mut i32) (i32.const 0))

  ;; The highest bit of each byte that is over 9, of a word from which the digit 0 was taken.
  (func $notDigits (param $word i64) (result i64)
    (i64.and
      (i64.or (i64.add (local.get $word) (i64.const 0x7676767676767676)) (local.get $word))
      (i64.const 0x8080808080808080)))

  ;; Eight bytes from 0 to 9 as one number, the first the highest.
  (func $eightDigits (param $word i64) (result i32)
    (local.set $word
      (i64.and
        (i64.shr_u (i64.mul (local.get $word) (i64.const 2561)) (i64.const 8))
        (i64.const 0x00ff00ff00ff00ff)))
    (local.set $word
      (i64.and
        (i64.shr_u (i64.mul (local.get $word) (i64.const 6553601)) (i64.const 16))
        (i64.const 0x0000ffff0000ffff)))
    (i32.wrap_i64 (i64.shr_u (i64.mul (local.get $word) (i64.const 42949672960001)) (i64.const 32))))

  ;; Reads `12,345,-6,` as far as it is so plain: up to 7 digits, blanks before them; at most 4096 numbers, each of them
  ;; put into $bytes bytes: 4 as a whole number, 8 as a floating one.
  (func (export "integers") (param $at i32) (param $end i32) (param $bytes i32)
    (local $word i64) (local $beyond i64) (local $start i32) (local $negative i32) (local $byte i32)
    (local $out i32) (local $outEnd i32)
    (local.set $out (i32.const 0x4c0000))
    (local.set $outEnd (i32.add (local.get $out) (i32.shl (local.get $bytes) (i32.const 12))))
    (local.set $end (i32.sub (local.get $end) (i32.const 16)))
    (block $stop
      (loop $next
        (br_if $stop (i32.gt_s (local.get $at) (local.get $end)))
        (br_if $stop (i32.ge_u (local.get $out) (local.get $outEnd)))
        (local.set $start (local.get $at))
        (local.set $negative (i32.const 0))
        (local.set $word (i64.xor (i64.load (local.get $start)) (i64.const 0x3030303030303030)))
        (local.set $beyond (call $notDigits (local.get $word)))
        (if (i64.ne (i64.and (local.get $beyond) (i64.const 0x80)) (i64.const 0))
          (then
            (block $behind
              (loop $blank
                (br_if $behind (i32.ge_s (local.get $start) (local.get $end)))
                (local.set $byte (i32.load8_u (local.get $start)))
                (if
                  (i32.eqz
                    (i32.or
                      (i32.or
                        (i32.eq (local.get $byte) (i32.const 0x20))
                        (i32.eq (local.get $byte) (i32.const 0x0a)))
                      (i32.or
                        (i32.eq (local.get $byte) (i32.const 0x0d))
                        (i32.eq (local.get $byte) (i32.const 0x09)))))
                  (then (br $behind)))
                (local.set $start (i32.add (local.get $start) (i32.const 1)))
                (br $blank)))
            (local.set $negative (i32.eq (i32.load8_u (local.get $start)) (i32.const 0x2d)))
            (local.set $start (i32.add (local.get $start) (local.get $negative)))
            (br_if $stop (i32.gt_s (local.get $start) (local.get $end)))
            (local.set $word (i64.xor (i64.load (local.get $start)) (i64.const 0x3030303030303030)))
            (local.set $beyond (call $notDigits (local.get $word)))
            (br_if $stop (i64.ne (i64.and (local.get $beyond) (i64.const 0x80)) (i64.const 0)))))
        (br_if $stop (i64.eqz (local.get $beyond)))
        ;; From here on the highest bit of the first byte behind the digits.
        (local.set $beyond (i64.ctz (local.get $beyond)))
        ;; No 0 before another digit.
        (br_if $stop
          (i32.and
            (i64.eqz (i64.and (local.get $word) (i64.const 0xff)))
            (i64.gt_u (local.get $beyond) (i64.const 15))))
        (local.set $start
          (i32.add (local.get $start) (i32.wrap_i64 (i64.shr_u (local.get $beyond) (i64.const 3)))))
        (br_if $stop (i32.ne (i32.load8_u (local.get $start)) (i32.const 0x2c)))
        (local.set $byte
          (call $eightDigits (i64.shl (local.get $word) (i64.sub (i64.const 71) (local.get $beyond)))))
        (if (local.get $negative)
          (then (local.set $byte (i32.sub (i32.const 0) (local.get $byte)))))
        (if (i32.eq (local.get $bytes) (i32.const 4))
          (then (i32.store (local.get $out) (local.get $byte)))
          (else (f64.store (local.get $out) (f64.convert_i32_s (local.get $byte)))))
        (local.set $out (i32.add (local.get $out) (local.get $bytes)))
        (local.set $at (i32.add (local.get $start) (i32.const 1)))
        (br $next)))
    (global.set $at (local.get $at))
    (global.set $count
      (i32.div_u (i32.sub (local.get $out) (i32.const 0x4c0000)) (local.get $bytes))))

  ;; Reads a whole number of up to 8 digits; gives the place behind it, or −1.
  (func $digits (param $at i32) (result i32)
    (local $word i64) (local $beyond i64)
    (local.set $word (i64.xor (i64.load (local.get $at)) (i64.const 0x3030303030303030)))
    (local.set $beyond (call $notDigits (local.get $word)))
    (if (i64.eqz (local.get $beyond))
      (then
        (if
          (i32.or
            (i64.eqz (i64.and (local.get $word) (i64.const 0xff)))
            (i32.lt_u (i32.sub (i32.load8_u offset=8 (local.get $at)) (i32.const 0x30)) (i32.const 10)))
          (then (return (i32.const -1))))
        (global.set $number (call $eightDigits (local.get $word)))
        (return (i32.add (local.get $at) (i32.const 8)))))
    (local.set $beyond (i64.ctz (local.get $beyond)))
    (if
      (i32.or
        (i64.lt_u (local.get $beyond) (i64.const 15))
        (i32.and
          (i64.eqz (i64.and (local.get $word) (i64.const 0xff)))
          (i64.gt_u (local.get $beyond) (i64.const 15))))
      (then (return (i32.const -1))))
    (global.set $number
      (call $eightDigits (i64.shl (local.get $word) (i64.sub (i64.const 71) (local.get $beyond)))))
    (i32.add (local.get $at) (i32.wrap_i64 (i64.shr_u (local.get $beyond) (i64.const 3)))))

  ;; Hashes what stands from $start to the first closing brace; gives the place of that, or −1.
  (func $toBrace (param $start i32) (param $end i32) (result i32)
    (local $at i32) (local $word i64) (local $others i64) (local $hash i64)
    (local.set $at (local.get $start))
    (global.set $brace (i32.const -1))
    (loop $next
      (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (i32.const -1))))
      (local.set $word (i64.load (local.get $at)))
      (local.set $others (i64.xor (local.get $word) (i64.const 0x7d7d7d7d7d7d7d7d)))
      (local.set $others
        (i64.and
          (i64.and
            (i64.sub (local.get $others) (i64.const 0x0101010101010101))
            (i64.xor (local.get $others) (i64.const -1)))
          (i64.const 0x8080808080808080)))
      (if (i64.eqz (local.get $others))
        (then
          (local.set $hash
            (i64.mul (i64.xor (local.get $hash) (local.get $word)) (i64.const 0x9e3779b97f4a7c15)))
          (local.set $hash (i64.xor (local.get $hash) (i64.shr_u (local.get $hash) (i64.const 32))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br $next))))
    ;; The bytes before the brace, and as many zeros as it takes.
    (local.set $others (i64.sub (i64.ctz (local.get $others)) (i64.const 7)))
    (local.set $hash
      (i64.mul
        (i64.xor
          (local.get $hash)
          (i64.and
            (local.get $word)
            (i64.sub (i64.shl (i64.const 1) (local.get $others)) (i64.const 1))))
        (i64.const 0x9e3779b97f4a7c15)))
    (global.set $hash (i32.wrap_i64 (i64.shr_u (local.get $hash) (i64.const 32))))
    (local.set $at
      (i32.add (local.get $at) (i32.wrap_i64 (i64.shr_u (local.get $others) (i64.const 3)))))
    (if (i32.lt_s (local.get $at) (local.get $end)) (then (global.set $brace (local.get $at))))
    (global.get $brace))

  ;; Whether $length bytes are the same at two places; in steps of 8, the last of which may overlap the one before.
  (func $isSame (param $one i32) (param $other i32) (param $length i32) (result i32)
    (local $last i32)
    (local.set $last (i32.sub (i32.add (local.get $one) (local.get $length)) (i32.const 8)))
    (loop $next
      (if (i32.lt_s (local.get $one) (local.get $last))
        (then
          (if (i64.ne (i64.load (local.get $one)) (i64.load (local.get $other)))
            (then (return (i32.const 0))))
          (local.set $one (i32.add (local.get $one) (i32.const 8)))
          (local.set $other (i32.add (local.get $other) (i32.const 8)))
          (br $next))))
    (local.set $other (i32.sub (local.get $other) (i32.sub (local.get $one) (local.get $last))))
    (i64.eq (i64.load (local.get $last)) (i64.load (local.get $other))))

  ;; Whether the object that begins at $start was kept: its first closing brace may lie in a text, but what was kept was
  ;; whole, and the same bytes are whole again. Gives the place of that brace, its value going to $value; else −1.
  (func $recall (export "recall") (param $start i32) (param $end i32) (result i32)
    (local $last i32) (local $slot i32) (local $entry i32)
    (local.set $last (call $toBrace (local.get $start) (local.get $end)))
    (if (i32.lt_s (i32.sub (local.get $last) (local.get $start)) (i32.const 8))
      (then (return (i32.const -1))))
    (local.set $slot (global.get $hash))
    (loop $next
      (local.set $slot (i32.and (local.get $slot) (i32.const 0xffff)))
      (local.set $entry (i32.load (i32.shl (local.get $slot) (i32.const 2))))
      (if (i32.eqz (local.get $entry)) (then (return (i32.const -1))))
      (local.set $entry (i32.add (i32.shl (local.get $entry) (i32.const 4)) (i32.const 0x03fff0)))
      (if
        (i32.eq
          (i32.load offset=4 (local.get $entry))
          (i32.sub (local.get $last) (local.get $start)))
        (then
          (if
            (call $isSame
              (local.get $start)
              (i32.load (local.get $entry))
              (i32.load offset=4 (local.get $entry)))
            (then
              (global.set $value (i32.load offset=8 (local.get $entry)))
              (return (local.get $last))))))
      (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; Keeps an object that was read, unless its first closing brace is not its last byte, or there is no more room; gives 1
  ;; if it does.
  (func (export "keep") (param $start i32) (param $end i32) (param $value i32) (result i32)
    (local $length i32) (local $slot i32) (local $entry i32)
    (local.set $length (i32.sub (i32.sub (local.get $end) (i32.const 1)) (local.get $start)))
    (if
      (i32.or
        (i32.or
          (i32.lt_s (local.get $length) (i32.const 8))
          (i32.ge_s (global.get $functions) (i32.const 32768)))
        (i32.gt_s (i32.add (global.get $used) (local.get $length)) (i32.const 0x4bfff0)))
      (then (return (i32.const 0))))
    (if
      (i32.ne
        (call $toBrace (local.get $start) (local.get $end))
        (i32.sub (local.get $end) (i32.const 1)))
      (then (return (i32.const 0))))
    (memory.copy (global.get $used) (local.get $start) (local.get $length))
    (local.set $entry
      (i32.add (i32.shl (global.get $functions) (i32.const 4)) (i32.const 0x040000)))
    (i32.store (local.get $entry) (global.get $used))
    (i32.store offset=4 (local.get $entry) (local.get $length))
    (i32.store offset=8 (local.get $entry) (local.get $value))
    (global.set $functions (i32.add (global.get $functions) (i32.const 1)))
    (global.set $used
      (i32.and
        (i32.add (i32.add (global.get $used) (local.get $length)) (i32.const 7))
        (i32.const -8)))
    (local.set $slot (i32.and (global.get $hash) (i32.const 0xffff)))
    (loop $next
      (if (i32.load (i32.shl (local.get $slot) (i32.const 2)))
        (then
          (local.set $slot
            (i32.and (i32.add (local.get $slot) (i32.const 1)) (i32.const 0xffff)))
          (br $next))))
    (i32.store (i32.shl (local.get $slot) (i32.const 2)) (global.get $functions))
    (i32.const 1))

  ;; Forgets what was kept.
  (func (export "forget")
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 0x040000))
    (global.set $functions (i32.const 0))
    (global.set $used (i32.const 0x0c0000)))

  ;; Reads a node into row $count of the output; gives the place of its closing brace, or −1.
  (func $node (param $at i32) (param $end i32) (param $row i32) (result i32)
    (local $links i32) (local $out i32)
    (local.set $links (global.get $links))
    (global.set $unknown (i32.const -1))
    ;; {"callFrame":
    (if
      (i32.and
        (i64.eq (i64.load (local.get $at)) (i64.const 0x72466c6c6163227b))
        (i64.eq (i64.load offset=5 (local.get $at)) (i64.const 0x3a22656d6172466c)))
      (then (return (call $tracedNode (local.get $at) (local.get $end) (local.get $row)))))
    ;; {"id":
    (if
      (i64.ne
        (i64.and (i64.load (local.get $at)) (i64.const 0x0000ffffffffffff))
        (i64.const 0x3a226469227b))
      (then (return (i32.const -1))))
    (local.set $at (call $digits (i32.add (local.get $at) (i32.const 6))))
    (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
    (local.set $out (i32.shl (global.get $count) (i32.const 2)))
    (i32.store offset=0x4c0000 (local.get $out) (global.get $number))
    ;; ,"callFrame":
    (if
      (i32.or
        (i64.ne (i64.load (local.get $at)) (i64.const 0x72466c6c6163222c))
        (i64.ne (i64.load offset=5 (local.get $at)) (i64.const 0x3a22656d6172466c)))
      (then (return (i32.const -1))))
    (global.set $unknown (i32.add (local.get $at) (i32.const 13)))
    (local.set $at (call $recall (global.get $unknown) (local.get $end)))
    (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
    (global.set $unknown (i32.const -1))
    (i32.store offset=0x4c4000 (local.get $out) (global.get $value))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    ;; ,"hitCount":
    (if
      (i32.and
        (i64.eq (i64.load (local.get $at)) (i64.const 0x756f43746968222c))
        (i32.eq (i32.load offset=8 (local.get $at)) (i32.const 0x3a22746e)))
      (then
        (local.set $at (call $digits (i32.add (local.get $at) (i32.const 12))))
        (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))))
    ;; ,"children":[
    (if
      (i32.and
        (i64.eq (i64.load (local.get $at)) (i64.const 0x72646c696863222c))
        (i64.eq (i64.load offset=5 (local.get $at)) (i64.const 0x5b3a226e6572646c)))
      (then
        (local.set $at (i32.add (local.get $at) (i32.const 12)))
        (loop $child
          (local.set $at (call $digits (i32.add (local.get $at) (i32.const 1))))
          (if
            (i32.or
              (i32.or
                (i32.lt_s (local.get $at) (i32.const 0))
                (i32.ge_s (local.get $at) (local.get $end)))
              (i32.ge_s (local.get $links) (i32.const 8192)))
            (then (return (i32.const -1))))
          (local.set $out (i32.shl (local.get $links) (i32.const 2)))
          (i32.store offset=0x4c8000 (local.get $out) (i32.add (local.get $row) (global.get $count)))
          (i32.store offset=0x4d0000 (local.get $out) (global.get $number))
          (local.set $links (i32.add (local.get $links) (i32.const 1)))
          (br_if $child (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x2c))))
        (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x5d))
          (then (return (i32.const -1))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))))
    ;; ,"deoptReason":"
    (if
      (i32.and
        (i64.eq (i64.load (local.get $at)) (i64.const 0x5274706f6564222c))
        (i64.eq (i64.load offset=8 (local.get $at)) (i64.const 0x223a226e6f736165)))
      (then
        (local.set $at (call $behindText (i32.add (local.get $at) (i32.const 16)) (local.get $end)))
        (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))))
    ;; ,"positionTicks":[
    (if
      (i32.and
        (i32.and
          (i64.eq (i64.load (local.get $at)) (i64.const 0x697469736f70222c))
          (i64.eq (i64.load offset=8 (local.get $at)) (i64.const 0x22736b6369546e6f)))
        (i32.eq (i32.load16_u offset=16 (local.get $at)) (i32.const 0x5b3a)))
      (then
        (local.set $at (call $behindTicks (i32.add (local.get $at) (i32.const 17)) (local.get $end)))
        (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))))
    ;; What lies behind the end is of an earlier piece: it is as if it had not been looked at.
    (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (i32.const -1))))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x7d)) (then (return (i32.const -1))))
    (global.set $links (local.get $links))
    (local.get $at))

  ;; The same for a node of a trace: `{"callFrame":{…},"id":2,"parent":1}`.
  (func $tracedNode (param $at i32) (param $end i32) (param $row i32) (result i32)
    (local $out i32) (local $parents i32)
    (global.set $unknown (i32.add (local.get $at) (i32.const 13)))
    (local.set $at (call $recall (global.get $unknown) (local.get $end)))
    (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
    (global.set $unknown (i32.const -1))
    (local.set $out (i32.shl (global.get $count) (i32.const 2)))
    (i32.store offset=0x4c4000 (local.get $out) (global.get $value))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    ;; ,"id":
    (if
      (i64.ne
        (i64.and (i64.load (local.get $at)) (i64.const 0x0000ffffffffffff))
        (i64.const 0x3a226469222c))
      (then (return (i32.const -1))))
    (local.set $at (call $digits (i32.add (local.get $at) (i32.const 6))))
    (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
    (i32.store offset=0x4c0000 (local.get $out) (global.get $number))
    (local.set $parents (global.get $parents))
    ;; ,"parent":
    (if
      (i32.and
        (i64.eq (i64.load (local.get $at)) (i64.const 0x746e65726170222c))
        (i32.eq (i32.load16_u offset=8 (local.get $at)) (i32.const 0x3a22)))
      (then
        (local.set $at (call $digits (i32.add (local.get $at) (i32.const 10))))
        (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
        (local.set $out (i32.shl (local.get $parents) (i32.const 2)))
        (i32.store offset=0x4d8000 (local.get $out) (i32.add (local.get $row) (global.get $count)))
        (i32.store offset=0x4dc000 (local.get $out) (global.get $number))
        (local.set $parents (i32.add (local.get $parents) (i32.const 1)))))
    (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (i32.const -1))))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x7d)) (then (return (i32.const -1))))
    (global.set $parents (local.get $parents))
    (local.get $at))

  ;; Goes over a text in which nothing is escaped; gives the place behind its closing mark, or −1.
  (func $behindText (param $at i32) (param $end i32) (result i32)
    (local $byte i32)
    (loop $next
      (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (i32.const -1))))
      (local.set $byte (i32.load8_u (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.eq (local.get $byte) (i32.const 0x22)) (then (return (local.get $at))))
      (br_if $next
        (i32.and
          (i32.ge_u (local.get $byte) (i32.const 0x20))
          (i32.ne (local.get $byte) (i32.const 0x5c)))))
    (i32.const -1))

  ;; Goes over `{"line":1,"ticks":2},…]`, from before it; gives the place behind its bracket, or −1.
  (func $behindTicks (param $at i32) (param $end i32) (result i32)
    (loop $next
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if
        (i32.or
          (i32.ge_s (local.get $at) (local.get $end))
          (i64.ne (i64.load (local.get $at)) (i64.const 0x3a22656e696c227b)))
        (then (return (i32.const -1))))
      (local.set $at (call $digits (i32.add (local.get $at) (i32.const 8))))
      (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
      (if
        (i32.or
          (i64.ne (i64.load (local.get $at)) (i64.const 0x22736b636974222c))
          (i32.ne (i32.load8_u offset=8 (local.get $at)) (i32.const 0x3a)))
        (then (return (i32.const -1))))
      (local.set $at (call $digits (i32.add (local.get $at) (i32.const 9))))
      (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i32.const -1))))
      (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x7d)) (then (return (i32.const -1))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x2c))))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x5d)) (then (return (i32.const -1))))
    (i32.add (local.get $at) (i32.const 1)))

  ;; Reads nodes one behind the other, at most 4096; gives the place of the last one's closing brace, or −1.
  ;; $row is the first one's.
  (func (export "nodes") (param $at i32) (param $end i32) (param $row i32) (result i32)
    (local $last i32) (local $next i32)
    (local.set $last (i32.const -1))
    (global.set $count (i32.const 0))
    (global.set $links (i32.const 0))
    (global.set $parents (i32.const 0))
    (global.set $unknown (i32.const -1))
    (block $stop
      (loop $another
        (br_if $stop (i32.ge_s (local.get $at) (local.get $end)))
        (local.set $next (call $node (local.get $at) (local.get $end) (local.get $row)))
        (br_if $stop (i32.lt_s (local.get $next) (i32.const 0)))
        (local.set $last (local.get $next))
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (br_if $stop (i32.ge_s (global.get $count) (i32.const 4096)))
        (br_if $stop (i32.ne (i32.load8_u offset=1 (local.get $last)) (i32.const 0x2c)))
        (local.set $at (i32.add (local.get $last) (i32.const 2)))
        (br $another)))
    (local.get $last)))
