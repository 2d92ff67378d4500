# What the example shows, given the folder of built programs and one to write to.
programs=$1
output=$2
"$programs/example-06"
"$programs/flow" run 06-custom-synthesizer/flow.yaml --quiet --output "$output/flow"
(cd "$output/flow" && find . -type f | sort)
"$programs/flow" sample "$output/flow/coupling-flow/model.safetensors" --rows 50 --where is_fraud=0 --quiet --output - |
  awk -F, 'NR > 1 && $NF != 0 { wrong += 1 } END { print NR - 1, "rows,", wrong + 0, "of them wrong" }'
"$programs/flow" fit ../Datasets/transactions.csv --model coupling-flo --output "$output/none" 2>&1 || true
